import { Text, View } from '@tarojs/components';
import { useRouter } from '@tarojs/taro';
import './index.scss';

const sections: { title: string; paragraphs: string[] }[] = [
  {
    title: '我们收集什么',
    paragraphs: [
      '浏览和购买不需要手机号。加入会员时，经您点击授权，我们从微信取得手机号，用来建立会员账户、合并订单与优惠券。',
      '下单时的收货人、电话和地址只用于配送和售后。',
    ],
  },
  {
    title: '导购能看到什么',
    paragraphs: [
      '导购是门店的员工或签约销售。通过导购的分享进来，页面会写明 ta 的名字和门店。',
      '只有在您同意后，服务您的导购才会看到打码后的称呼和手机尾号。完整的电话和地址只有负责发货的同事能看到。',
    ],
  },
  {
    title: '您可以随时',
    paragraphs: [
      '更换导购：在“我的”里点“我的导购”，30 天内可以换一次。',
      '减少打扰：在同一个地方选择只由总部联系，或都不联系。',
      '查看、更正、导出或删除您的资料，撤回同意。撤回和同意一样方便，不影响已经完成的订单。',
    ],
  },
  {
    title: '保存多久',
    paragraphs: ['法律要求订单信息至少保存三年；您删除账户后，订单会去掉能识别您的内容再保存。'],
  },
];

/** What she agrees to when she joins. */
export default function PolicyPage() {
  const { version } = useRouter().params;
  return (
    <View className="page policy">
      <Text className="policy__title">会员服务与隐私说明</Text>
      {version === undefined ? null : <Text className="policy__version">{`${version} 版`}</Text>}
      {sections.map((section) => (
        <View key={section.title} className="card">
          <Text className="policy__label">{section.title}</Text>
          {section.paragraphs.map((text) => (
            <Text key={text} className="policy__text">
              {text}
            </Text>
          ))}
        </View>
      ))}
    </View>
  );
}
