import { ConsentPurpose } from '@mall/shared/membership';
import type { PolicyDocument, PolicyPurpose } from '@mall/shared/privacy';

export type Policy = Omit<PolicyDocument, 'current'>;

/** Nobody withdraws from membership alone: the account rests on it, and closing the account ends it. */
export const BOUND_TO_ACCOUNT: ConsentPurpose = ConsentPurpose.Membership;

const WHO_SEES = {
  title: '导购能看到什么',
  paragraphs: [
    '导购是门店的员工或签约销售。通过导购的分享进来，页面会写明 ta 的名字和门店。',
    '只有在您同意后，服务您的导购才会看到打码后的称呼和手机尾号。完整的电话和地址只有负责发货的同事能看到。',
  ],
};
const HOW_LONG = {
  title: '保存多久',
  paragraphs: [
    '法律要求订单信息至少保存三年；您注销账户后，订单会去掉能识别您的内容再保存。',
    '导出的资料文件保存 7 天，之后自动删除。',
  ],
};

const MEMBERSHIP: PolicyPurpose = {
  purpose: ConsentPurpose.Membership,
  title: '会员账户',
  text: '用您授权的手机号建立会员账户，把订单、优惠券和服务记在一起。',
  withdrawal: '这是账户的基础，注销账户时一并撤回。',
  since: '2026-11-01',
};
const GUIDE_SERVICE: PolicyPurpose = {
  purpose: ConsentPurpose.GuideService,
  title: '让导购为您服务',
  text: '服务您的导购可以看到打码后的称呼和手机尾号，并联系您。',
  withdrawal: '撤回后马上生效：导购看不到您的称呼和尾号，也不再联系您。购物不受影响。',
  since: '2026-11-01',
};
const PAYOUT_IDENTITY: PolicyPurpose = {
  purpose: ConsentPurpose.PayoutIdentity,
  title: '提现实名（仅导购）',
  text: '单笔提现达到微信规定的金额时，把您的真实姓名加密后提供给微信支付核对收款人。',
  withdrawal: '撤回后不再使用您的姓名，达到规定金额的提现将无法发起，其他提现不受影响。',
  since: '2026-11-28',
};

/**
 * Every text that people have been asked to agree to, oldest first. One that was shown is never edited: a change is a
 * new version, and a purpose whose wording changes gets that version as its `since`, so that those who agreed to the
 * old wording are asked again.
 */
export const POLICIES: readonly Policy[] = [
  {
    version: '2026-11-01',
    changes: null,
    sections: [
      {
        title: '我们收集什么',
        paragraphs: [
          '浏览和购买不需要手机号。加入会员时，经您点击授权，我们从微信取得手机号，用来建立会员账户、合并订单与优惠券。',
          '下单时的收货人、电话和地址只用于配送和售后。',
        ],
      },
      WHO_SEES,
      {
        title: '您可以随时',
        paragraphs: [
          '更换导购：在“我的”里点“我的导购”，30 天内可以换一次。',
          '减少打扰：在同一个地方选择只由总部联系，或都不联系。',
          '查看、更正、导出或删除您的资料，撤回同意。撤回和同意一样方便，不影响已经完成的订单。',
        ],
      },
      {
        title: HOW_LONG.title,
        paragraphs: ['法律要求订单信息至少保存三年；您删除账户后，订单会去掉能识别您的内容再保存。'],
      },
    ],
    purposes: [MEMBERSHIP, GUIDE_SERVICE],
  },
  {
    version: '2026-11-28',
    changes: '写明了导购提现时的实名核对，以及怎样导出资料和注销账户。您已经同意的内容没有变化。',
    sections: [
      {
        title: '我们收集什么',
        paragraphs: [
          '浏览和购买不需要手机号。加入会员时，经您点击授权，我们从微信取得手机号，用来建立会员账户、合并订单与优惠券。',
          '下单时的收货人、电话和地址只用于配送和售后，加密保存。',
        ],
      },
      WHO_SEES,
      {
        title: '您可以随时',
        paragraphs: [
          '更换导购：在“我的”里点“我的导购”，30 天内可以换一次。',
          '减少打扰：在同一个地方选择只由总部联系，或都不联系。',
          '在“隐私与我的数据”里查看和撤回同意、导出资料、注销账户。撤回和同意一样方便，不影响已经完成的订单。',
        ],
      },
      HOW_LONG,
    ],
    purposes: [MEMBERSHIP, GUIDE_SERVICE, PAYOUT_IDENTITY],
  },
];
