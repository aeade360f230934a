import { fen } from '@mall/shared/money';
import { toChinaDay } from '../../wechat-emulator/clock.js';
import { generateCredentials } from '../../wechat-emulator/generate-credentials.js';
import { HandClock, postJson } from '../../wechat-emulator/merchant-for-tests.js';
import { type RunningEmulator, startEmulator } from '../../wechat-emulator/start-emulator.js';
import { configFor, wechatClients } from './wechat-for-tests.js';

const credentials = generateCredentials();
const DAY = 86_400_000;
let clock: HandClock;
let running: RunningEmulator;

beforeEach(async () => {
  clock = new HandClock();
  running = await startEmulator({ clock, credentials, retryDelaysMs: [], refundDelayMs: 20 });
});
afterEach(() => running.close());

const clients = (change: object = {}) => wechatClients(configFor(credentials, running.baseUrl, change), clock);

/** A day with one payment, and the platform's time two days on. */
async function pastDay(): Promise<string> {
  const { pay } = await clients();
  const payerOpenid = running.emulator.personas.named('xiaoyu')?.openid ?? '';
  const order = { outTradeNo: 'bill-0001', description: '羊毛开衫', totalFen: fen(12_345), payerOpenid };
  const prepaid = await pay.prepayJsapi({ ...order, expiresAt: clock.now() + 900_000 });
  if (prepaid.outcome !== 'ok') throw new Error(JSON.stringify(prepaid));
  const { prepayId } = prepaid.value;
  const body = { prepay_id: prepayId, persona: 'xiaoyu', ...pay.paySignParams(prepayId) };
  await postJson(`${running.baseUrl}/cashier/pay`, body);
  const day = toChinaDay(running.emulator.time.now());
  running.emulator.time.advance(2 * DAY);
  return day;
}

const damage = (day: string, kind: string) => postJson(`${running.baseUrl}/control/bills`, { day, kind });

describe('WechatBillClient', () => {
  it('§5: follows the link, unpacks the file and believes it because its SHA1 fits', async () => {
    const { bills } = await clients();
    const answer = await bills.tradeBill(await pastDay());
    expect(answer).toMatchObject({ outcome: 'ok' });
    expect(answer.outcome === 'ok' && answer.value).toContain('`bill-0001');
  });

  it('§5: a file whose SHA1 differs is unknown, not a bill', async () => {
    const { bills } = await clients();
    const day = await pastDay();
    await damage(day, 'hash');
    expect(await bills.tradeBill(day)).toMatchObject({ outcome: 'unknown', reason: 'unverified' });
  });

  it('§5: a day without trades is null, one that is being written says so', async () => {
    const { bills } = await clients();
    const day = await pastDay();
    const empty = toChinaDay(running.emulator.time.now() - DAY);
    running.emulator.time.advance(DAY);
    expect(await bills.tradeBill(empty)).toEqual({ outcome: 'ok', value: null });
    await damage(day, 'creating');
    expect(await bills.tradeBill(day)).toMatchObject({ outcome: 'refused', reason: 'creating' });
  });

  it('§5: follows no link to a host that it does not talk to anyway', async () => {
    const day = await pastDay();
    const { bills, exchange } = await clients({ payBaseUrl: running.baseUrl.replace('127.0.0.1', 'localhost') });
    const asked = jest.spyOn(exchange, 'exchange');
    expect(await bills.tradeBill(day)).toMatchObject({ outcome: 'unknown', reason: 'malformed' });
    expect(asked).toHaveBeenCalledTimes(1);
  });
});
