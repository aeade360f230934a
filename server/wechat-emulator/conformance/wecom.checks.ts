import { deepStrictEqual, match, strictEqual } from 'node:assert/strict';
import { checksOf } from './check.js';
import type { Json } from './merchant.js';
import { Company, WAY } from './wecom-company.js';

const LONG = '长'.repeat(31);
const ids = (answer: Json): string[] => (answer.tag_group as { tag: { id: string }[] }).tag.map(({ id }) => id);

export const wecomChecks = checksOf('§10', {
  'gettoken wants the company’s id and secret: 41002, 40013, 41004, 40001': async (bench) => {
    const company = await Company.open(bench);
    const codes = [];
    const changes: Record<string, string>[] = [
      { corpid: '' },
      { corpid: 'ww0' },
      { corpsecret: '' },
      { corpsecret: 'no' },
      {},
    ];
    for (const change of changes) {
      codes.push((await company.token(change)).errcode);
    }
    deepStrictEqual(codes, [41002, 40013, 41004, 40001, 0]);
  },
  'a token is repeated while it is good, lasts 7200 s, and is 41001 when missing, 40014 when wrong': async (bench) => {
    const company = await Company.open(bench);
    const [one, two] = [await company.token(), await company.token()];
    deepStrictEqual([one.access_token, one.expires_in], [two.access_token, 7200]);
    const ask = async (token: string) =>
      (await company.merchant.plain('POST', `/cgi-bin/externalcontact/add_contact_way?access_token=${token}`, WAY)).json
        .errcode;
    deepStrictEqual([await ask(''), await ask('nonsense')], [41001, 40014]);
    await company.merchant.advance(7_200_000);
    strictEqual(await ask(String(one.access_token)), 42001);
  },
  'a contact way answers config_id and the picture of its code': async (bench) => {
    const company = await Company.open(bench);
    const { errcode, config_id: id, qr_code: picture } = await company.post('add_contact_way', WAY);
    strictEqual(errcode, 0);
    match(String(id), /^\w{32}$/);
    const path = new URL(String(picture)).pathname;
    match((await company.merchant.plain('GET', path)).headers.get('content-type') ?? '', /^image\/png/);
  },
  'type is 1 or 2, scene 1 or 2, type 1 has one member': async (bench) => {
    const company = await Company.open(bench);
    const two = ['chenjing', 'liuwen'];
    const bad = [{ type: 3 }, { scene: 0 }, { type: '1' }, { user: [] }, { user: two }, { user: 'chenjing' }];
    const changes = [...bad, { type: 2, user: two }, { scene: 1 }].map((change) => ({ ...WAY, ...change }));
    const refused = bad.map(() => 40058);
    deepStrictEqual(await company.errcodes('add_contact_way', changes), [...refused, 0, 0]);
  },
  'state and remark have 30 characters at most': async (bench) => {
    const company = await Company.open(bench);
    const texts = [{ state: 's'.repeat(30) }, { state: 's'.repeat(31) }, { remark: LONG.slice(1) }, { remark: LONG }];
    const changes = texts.map((change) => ({ ...WAY, ...change }));
    deepStrictEqual(await company.errcodes('add_contact_way', changes), [0, 40058, 0, 40058]);
  },
  'a member who is not the company’s is 60111': async (bench) => {
    const company = await Company.open(bench);
    await company.merchant.control('wecom', { members: ['liuwen'] });
    deepStrictEqual(await company.errcodes('add_contact_way', [WAY]), [60111]);
  },
  'a company has a limited number of contact ways': async (bench) => {
    const company = await Company.open(bench);
    await company.merchant.control('wecom', { limits: { ways: 1 } });
    const [first, second] = await company.errcodes('add_contact_way', [WAY, WAY]);
    deepStrictEqual([first, second === 0], [0, false]);
  },
  'a contact tells her unionid once the developer account is bound, and who follows her': async (bench) => {
    const company = await Company.open(bench);
    const { externalUserId } = await company.person('add');
    const told = await company.contact(String(externalUserId));
    const { unionid } = told.external_contact as Json;
    match(String(unionid), /^\w/);
    strictEqual((told.follow_user as Json[])[0]?.userid, 'chenjing');
    await company.merchant.control('wecom', { bound: false });
    strictEqual(((await company.contact(String(externalUserId))).external_contact as Json).unionid, undefined);
  },
  'who is nobody’s contact is 84061, an id that is none 40096': async (bench) => {
    const company = await Company.open(bench);
    const { externalUserId } = await company.person('add');
    await company.person('end');
    strictEqual((await company.contact(String(externalUserId))).errcode, 84061);
    strictEqual((await company.contact('nonsense')).errcode, 40096);
  },
  'a tag’s name has 30 characters at most': async (bench) => {
    const company = await Company.open(bench);
    const named = (name: string) => ({ group_name: '会员', tag: [{ name }] });
    const answers = await company.errcodes('add_corp_tag', [named(LONG.slice(1)), named(LONG), named(''), { tag: [] }]);
    deepStrictEqual(answers, [0, 40058, 40058, 40058]);
  },
  'mark_tag puts tags on a member’s customer and takes them away; unknown ones are 40068, strangers 84061': async (
    bench,
  ) => {
    const company = await Company.open(bench);
    const { externalUserId } = await company.person('add');
    const [one = '', two = ''] = ids(
      await company.post('add_corp_tag', { group_name: '会员', tag: [{ name: '金卡' }, { name: '新客' }] }),
    );
    const mark = { userid: 'chenjing', external_userid: externalUserId };
    strictEqual((await company.post('mark_tag', { ...mark, add_tag: [one, two] })).errcode, 0);
    strictEqual((await company.post('mark_tag', { ...mark, remove_tag: [one] })).errcode, 0);
    const { follow_user: followers } = await company.contact(String(externalUserId));
    deepStrictEqual((followers as Json[])[0]?.tags, [{ tag_id: two }]);
    const wrong = [{ ...mark, add_tag: ['none'] }, { ...mark, userid: 'liuwen', add_tag: [one] }, mark];
    deepStrictEqual(await company.errcodes('mark_tag', wrong), [40068, 84061, 40058]);
  },
  'one customer of one member has 3,000 tags at most': async (bench) => {
    const company = await Company.open(bench);
    const { externalUserId } = await company.person('add');
    const tag = Array.from({ length: 3001 }, (_, index) => ({ name: `t${index}` }));
    const all = ids(await company.post('add_corp_tag', { group_name: '会员', tag }));
    const mark = { userid: 'chenjing', external_userid: externalUserId };
    const adds = [all, all.slice(0, 3000), all.slice(3000)].map((add) => ({ ...mark, add_tag: add }));
    deepStrictEqual(await company.errcodes('mark_tag', adds), [40058, 0, 40058]);
  },
  'more than five changes of tags at the same time are 45033': async (bench) => {
    const company = await Company.open(bench);
    const { externalUserId } = await company.person('add');
    const [tag] = ids(await company.post('add_corp_tag', { group_name: '会员', tag: [{ name: '金卡' }] }));
    await company.merchant.control('wecom', { limits: { markMs: 300 } });
    const mark = { userid: 'chenjing', external_userid: externalUserId, add_tag: [tag] };
    const { access_token: token } = await company.token();
    const path = `/cgi-bin/externalcontact/mark_tag?access_token=${token}`;
    const answers = await Promise.all(Array.from({ length: 7 }, () => company.merchant.plain('POST', path, mark)));
    const codes = answers.map(({ json }) => json.errcode).sort();
    deepStrictEqual(codes, [0, 0, 0, 0, 0, 45033, 45033]);
  },
});
