import { loadVectors } from '../../test/support/vectors.js';
import { CallbackListener, TestApi } from '../api-for-tests.js';
import { eventually } from '../merchant-for-tests.js';
import { type CallbackKeys, decryptCallback, encryptCallback, signCallback } from './callback-crypto.js';

type Text = Record<string, string>;
interface CallbackVectors {
  vectors: { [name: string]: string }[];
}
interface PushVectors {
  token: string;
  encoding_aes_key: string;
  appid: string;
  url_verification: { query: Text };
  plain_mode: { query: Text };
  safe_mode: { query: Text; body: { Encrypt: string }; decrypted_msg: string };
  reply: Text;
}
const text = (fields: Text, name: string): string => fields[name] ?? '';

let api: TestApi;
let listener: CallbackListener;
let url: string;

beforeEach(async () => {
  listener = new CallbackListener();
  url = await listener.open();
  api = await TestApi.open({ pushUrl: url });
});
afterEach(async () => {
  listener.close();
  await api.close();
});

function keys(): CallbackKeys {
  const { pushToken, pushAesKey, appId } = api.running.credentials;
  return { token: pushToken, aesKey: pushAesKey, receiveId: appId };
}

async function send(event: unknown = { FromUserName: 'o1', MsgType: 'event', Event: 'debug_demo' }): Promise<string> {
  return String((await api.person('/control/push/send', { event })).json.id);
}

function arrived(count: number): Promise<boolean> {
  return eventually(() => listener.received.length >= count);
}

/** The checks of a mall in safe mode; null when one fails. */
function open(received = listener.received.at(-1)): string | null {
  const asked = (name: string): string => received?.query.get(name) ?? '';
  const { Encrypt } = JSON.parse(received?.body ?? '{}');
  const signed = signCallback(keys().token, asked('timestamp'), asked('nonce'), Encrypt);
  return signed === asked('msg_signature') ? decryptCallback(Encrypt, keys()) : null;
}

describe('§10 callback encryption', () => {
  it.each(loadVectors<CallbackVectors>('wecom_callback_crypto.json').vectors)('agrees with $name', (vector) => {
    const of = (name: string): string => text(vector, name);
    const own = { token: of('token'), aesKey: of('encoding_aes_key'), receiveId: of('receive_id') };
    const { encrypt } = vector;
    expect(signCallback(own.token, of('timestamp'), of('nonce'), of('encrypt'))).toBe(vector.msg_signature);
    expect(decryptCallback(of('encrypt'), own)).toBe(vector.plaintext);
    expect(encryptCallback(of('plaintext'), own, Buffer.from(of('random16')))).toBe(encrypt);
  });

  it('agrees with the official sample of message push', () => {
    const sample = loadVectors<PushVectors>('message_push.json');
    const own = { token: sample.token, aesKey: sample.encoding_aes_key, receiveId: sample.appid };
    const { url_verification: check, safe_mode: safe, plain_mode: plain, reply } = sample;
    for (const { query } of [check, plain, safe]) {
      expect(signCallback(own.token, text(query, 'timestamp'), text(query, 'nonce'))).toBe(query.signature);
    }
    const [timestamp, nonce] = [text(safe.query, 'timestamp'), text(safe.query, 'nonce')];
    expect(signCallback(own.token, timestamp, nonce, safe.body.Encrypt)).toBe(safe.query.msg_signature);
    expect(decryptCallback(safe.body.Encrypt, own)).toBe(safe.decrypted_msg);
    expect(encryptCallback(text(reply, 'plaintext'), own, Buffer.from(text(reply, 'random16')))).toBe(reply.encrypt);
  });
});

describe('§7 message push', () => {
  it('encrypts in safe mode and signs the cipher text', async () => {
    await send();
    expect(await arrived(1)).toBe(true);
    expect(listener.received[0]?.query.get('encrypt_type')).toBe('aes');
    expect(JSON.parse(open() ?? '{}')).toMatchObject({ Event: 'debug_demo', CreateTime: expect.any(Number) });
  });

  it('signs only token, timestamp and nonce in plain mode, as XML when asked', async () => {
    await api.person('/control/push/format', { mode: 'plain', format: 'xml' });
    await send({ MsgType: 'event', Event: 'x', count: 2, list: [{ a: ']]>' }, { a: 'b' }] });
    expect(await arrived(1)).toBe(true);
    const { query, body, contentType } = listener.received[0] ?? { query: new URLSearchParams(), body: '' };
    const signed = signCallback(keys().token, query.get('timestamp') ?? '', query.get('nonce') ?? '');
    expect([query.get('signature'), query.has('msg_signature'), contentType]).toEqual([signed, false, 'text/xml']);
    expect(body).toContain(
      '<Event><![CDATA[x]]></Event><count>2</count><list><a><![CDATA[]]]]><![CDATA[>]]></a></list>',
    );
  });

  it('repeats three times until the answer is success', async () => {
    listener.answers = ['', 'nope', 'success'];
    const id = await send();
    const delivery = () => api.running.emulator.push.all().find((one) => one.id === id);
    expect(await eventually(() => delivery()?.state === 'delivered')).toBe(true);
    expect(listener.received).toHaveLength(3);
    listener.answers = ['a', 'b', 'c', 'd', 'success'];
    const lost = await send();
    expect(
      await eventually(() => api.running.emulator.push.all().find((one) => one.id === lost)?.state === 'given_up'),
    ).toBe(true);
    expect(listener.received).toHaveLength(7);
  });

  it('is held, lost or sent twice as ordered, and forged in three ways', async () => {
    await api.person('/control/push', { delivery: 'lose' });
    await send();
    await api.person('/control/push', { delivery: 'hold' });
    const held = await send();
    expect(listener.received).toHaveLength(0);
    for (const forge of ['signature', 'body', 'receiver']) {
      await api.person(`/control/push/${held}/resend`, { forge });
      expect([forge, open()]).toEqual([forge, null]);
    }
    expect((await api.person(`/control/push/${held}/resend`)).json.answer).toEqual({ status: 200, text: 'success' });
    expect(open()).toContain('debug_demo');
    await api.person('/control/push', { delivery: 'duplicate' });
    await send();
    expect(await arrived(6)).toBe(true);
    expect(open(listener.received[4])).toBe(open(listener.received[5]));
  });

  it('saves an address only after it echoed a signed GET', async () => {
    expect((await api.person('/control/push', { url })).status).toBe(200);
    listener.echo = () => 'other';
    expect((await api.person('/control/push', { url })).json.error).toBe('url_check_failed');
    expect((await api.person('/control/push', { url: 'http://example.com/push' })).status).toBe(400);
    listener.echo = (query) => {
      const parts = [query.get('timestamp') ?? '', query.get('nonce') ?? ''];
      return signCallback(keys().token, ...parts) === query.get('signature') ? (query.get('echostr') ?? '') : 'no';
    };
    expect((await api.person('/control/push/check')).json.echoed).toBe(true);
  });

  it('tells by name that trade is controlled', async () => {
    await send('wxa_trade_controlled');
    expect(await arrived(1)).toBe(true);
    expect(open()).toContain('"Event":"wxa_trade_controlled"');
  });
});
