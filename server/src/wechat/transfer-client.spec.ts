import { constants, privateDecrypt } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fen } from '@mall/shared/money';
import { generateCredentials } from '../../wechat-emulator/generate-credentials.js';
import { HandClock } from '../../wechat-emulator/merchant-for-tests.js';
import { type RunningEmulator, startEmulator } from '../../wechat-emulator/start-emulator.js';
import type { TransferRequest, WechatTransferClient } from './wechat.public.js';
import { configFor, wechatClients } from './wechat-for-tests.js';

const credentials = generateCredentials();
const BILLS = '/v3/fund-app/mch-transfer/transfer-bills';

function bill(outBillNo: string, change: Partial<TransferRequest> = {}): TransferRequest {
  return { outBillNo, openid: 'o-chenjing', amountFen: fen(1_234), realName: null, ...change };
}

describe('what the transfer client puts on the wire (§6)', () => {
  const heard: { method: string; url: string; headers: IncomingHttpHeaders; body: string }[] = [];
  let listener: Server;
  let transfer: WechatTransferClient;

  beforeAll(async () => {
    listener = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const { method = '', url = '', headers } = request;
      heard.push({ method, url, headers, body: Buffer.concat(chunks).toString('utf8') });
      response.writeHead(502).end();
    }).listen(0, '127.0.0.1');
    await once(listener, 'listening');
    const { port } = listener.address() as AddressInfo;
    const config = configFor(credentials, `http://127.0.0.1:${port}`, {
      notifyUrl: 'https://mall.example.com/api/wechat/pay-notices',
    });
    ({ transfer } = await wechatClients(config, new HandClock()));
  });
  afterAll(() => void listener.close());
  beforeEach(() => void heard.splice(0));

  it('§6: a bill has exactly the documented fields, the two reports word for word, and no name', async () => {
    expect((await transfer.submit(bill('01J0000000000000000000000A'))).outcome).toBe('unknown');
    const [first] = heard;
    expect([first?.method, first?.url]).toEqual(['POST', BILLS]);
    expect(JSON.parse(first?.body ?? '')).toEqual({
      appid: credentials.appId,
      openid: 'o-chenjing',
      out_bill_no: '01J0000000000000000000000A',
      transfer_scene_id: '1005',
      transfer_scene_report_infos: [
        { info_type: '岗位类型', info_content: '导购' },
        { info_type: '报酬说明', info_content: '销售佣金' },
      ],
      transfer_amount: 1_234,
      transfer_remark: '佣金提现',
      notify_url: 'https://mall.example.com/api/wechat/pay-notices',
    });
  });

  it('§6: from ¥2,000 the name goes sealed for the key that Wechatpay-Serial names, readable to WeChat alone', async () => {
    await transfer.submit(bill('B1', { amountFen: fen(200_000), realName: '欧阳·静' }));
    const [first] = heard;
    expect(first?.headers['wechatpay-serial']).toBe(credentials.platformKeyId);
    expect(first?.body).not.toContain('欧阳');
    const { user_name: sealed } = JSON.parse(first?.body ?? '') as { user_name: string };
    const key = credentials.platformPrivateKeyPem;
    const options = { key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' };
    expect(privateDecrypt(options, Buffer.from(sealed, 'base64')).toString('utf8')).toBe('欧阳·静');
  });

  it('§6: queries and cancels under the merchant’s own number, without a body', async () => {
    await transfer.query('B2');
    await transfer.cancel('B2');
    expect(heard.map(({ method, url, body }) => [method, url, body])).toEqual([
      ['GET', `${BILLS}/out-bill-no/B2`, ''],
      ['POST', `${BILLS}/out-bill-no/B2/cancel`, ''],
    ]);
  });

  it.each([
    ['a number with a dash', bill('B-3')],
    ['a number of 33 characters', bill('B'.repeat(33))],
    ['nobody to pay', bill('B3', { openid: '' })],
    ['nine fen', bill('B3', { amountFen: fen(9) })],
    ['¥2,000 without a name', bill('B3', { amountFen: fen(200_000) })],
    ['a name under ¥0.30', bill('B3', { amountFen: fen(29), realName: '陈静' })],
  ])('§6: %s is not sent at all', async (_, request) => {
    expect(await transfer.submit(request)).toMatchObject({ outcome: 'refused', reason: 'invalid' });
    expect(heard).toEqual([]);
  });

  it('§6: a merchant without the agreement sends nothing, and it can be tried again later', async () => {
    const off = await wechatClients(configFor(credentials, 'http://127.0.0.1:9', { transfers: null }), new HandClock());
    expect(await off.transfer.submit(bill('B4'))).toMatchObject({ outcome: 'refused', reason: 'later' });
  });
});

describe('what WeChat makes of it (§6)', () => {
  let running: RunningEmulator;
  let transfer: WechatTransferClient;
  let clock: HandClock;

  beforeEach(async () => {
    clock = new HandClock();
    running = await startEmulator({ clock, credentials, transferPace: { moveMs: 0 } });
    ({ transfer } = await wechatClients(configFor(credentials, running.baseUrl), clock));
  });
  afterEach(() => running.close());

  const openid = () => running.emulator.personas.named('chenjing')?.openid ?? '';

  it('§6: a number that comes back with the same values is the same bill, with others it is refused for good', async () => {
    const first = await transfer.submit(bill('B1', { openid: openid() }));
    expect(first).toMatchObject({ outcome: 'ok', value: { outBillNo: 'B1', state: 'WAIT_USER_CONFIRM' } });
    expect(await transfer.submit(bill('B1', { openid: openid() }))).toEqual(first);
    const other = await transfer.submit(bill('B1', { openid: openid(), amountFen: fen(1_235) }));
    expect(other).toMatchObject({ outcome: 'refused', reason: 'invalid' });
    expect(running.emulator.transfers.all()).toHaveLength(1);
  });

  it('§6: an unknown number is not found, which is no refusal of the bill', async () => {
    expect(await transfer.query('NEVER')).toMatchObject({ outcome: 'refused', reason: 'not_found' });
  });

  it('§6: a scene that was not granted, a limit that is used up and too many calls can be tried again or are final as documented', async () => {
    running.emulator.transfers.grantedScenes.clear();
    expect(await transfer.submit(bill('B2', { openid: openid() }))).toMatchObject({
      outcome: 'refused',
      reason: 'later',
      code: 'NO_AUTH',
    });
    running.emulator.transfers.grantedScenes.add('1005');
    const large = bill('B3', { openid: openid(), amountFen: fen(20_001) });
    expect(await transfer.submit(large)).toMatchObject({ outcome: 'refused', reason: 'invalid' });
    expect((await transfer.submit(bill('B2', { openid: openid() }))).outcome).toBe('ok');
  });

  it('§6: unconfirmed for 24 hours it is closed, with a lag, and the answer says so', async () => {
    await transfer.submit(bill('B4', { openid: openid() }));
    clock.advance(24 * 3_600_000);
    expect(await transfer.query('B4')).toMatchObject({ value: { state: 'WAIT_USER_CONFIRM' } });
    clock.advance(300_001);
    expect(await transfer.query('B4')).toMatchObject({ value: { state: 'FAIL', failReason: 'OVERDUE_CLOSE' } });
  });
});
