import { loadVectors } from '../../test/support/vectors.js';
import { callbackSignature, decodeAesKey, sealCallback } from './callback-crypto.js';
import { answerUrlCheck, type PushKeys, type PushQuery, pushInstant, pushText, readPush } from './push-message.js';

type Query = Readonly<Record<string, string>>;
interface Vectors {
  readonly token: string;
  readonly encoding_aes_key: string;
  readonly appid: string;
  readonly url_verification: { readonly query: Query; readonly reply_body: string };
  readonly plain_mode: { readonly query: Query };
  readonly safe_mode: { readonly query: Query; readonly body: object; readonly decrypted_msg: string };
}

const vectors = loadVectors<Vectors>('message_push.json');
const { token, appid: appId } = vectors;
const aesKey = decodeAesKey(vectors.encoding_aes_key);
const plain: PushKeys = { token, aesKey: null, appId };
const safe: PushKeys = { token, aesKey, appId };

const queryOf = (query: Query): PushQuery => ({
  signature: query.signature ?? '',
  timestamp: query.timestamp ?? '',
  nonce: query.nonce ?? '',
  msgSignature: query.msg_signature ?? '',
  echostr: query.echostr ?? '',
});
const bytes = (value: string | object): Buffer =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));
const failed = (reason: string) => ({ outcome: 'failed', reason });
const event = { Event: 'trade_manage_remind_shipping', CreateTime: 1_790_000_000, msg: '请发货' };

describe('§7 message push', () => {
  it('answers the published URL check with its echostr, and a check of another token with nothing', () => {
    const query = queryOf(vectors.url_verification.query);
    expect(answerUrlCheck(query, plain)).toBe(vectors.url_verification.reply_body);
    expect(answerUrlCheck(query, { ...plain, token: 'BBBBB' })).toBeNull();
    expect(answerUrlCheck({ ...query, nonce: '1' }, plain)).toBeNull();
  });

  it('reads a message under the published signature of plain mode, and none under another', () => {
    const query = queryOf(vectors.plain_mode.query);
    expect(readPush(query, bytes(event), plain)).toMatchObject({
      outcome: 'read',
      message: { event: 'trade_manage_remind_shipping', createdAt: 1_790_000_000_000, fields: event },
    });
    expect(readPush({ ...query, timestamp: '1' }, bytes(event), plain)).toEqual(failed('bad_signature'));
  });

  it('reads the published message of safe mode by msg_signature alone', () => {
    const { query, body, decrypted_msg: text } = vectors.safe_mode;
    expect(readPush(queryOf(query), bytes(body), safe)).toMatchObject({
      outcome: 'read',
      message: { event: 'debug_demo', fields: JSON.parse(text) },
    });
    const crossed = { ...queryOf(query), msgSignature: query.signature ?? '' };
    expect(readPush(crossed, bytes(body), safe)).toEqual(failed('bad_signature'));
    expect(readPush(queryOf(query), bytes(body), { ...safe, appId: 'wx0' })).toEqual(failed('foreign_receiver'));
  });

  it('takes no plain message while the console is in safe mode, since nothing signs its content', () => {
    const query = queryOf(vectors.plain_mode.query);
    expect(readPush(query, bytes(event), safe)).toEqual(failed('not_encrypted'));
    expect(readPush({ ...query, signature: 'x' }, bytes(event), safe)).toEqual(failed('bad_signature'));
  });

  it('cannot read an encrypted message without the key', () => {
    const { body } = vectors.safe_mode;
    expect(readPush(queryOf(vectors.plain_mode.query), bytes(body), plain)).toEqual(failed('undecryptable'));
  });

  it('reads XML as JSON, plain and encrypted, and gives repetitions of one message one id', () => {
    const xml = '<xml><Event><![CDATA[wxa_media_check]]></Event><CreateTime>1790000000</CreateTime></xml>';
    const expected = { event: 'wxa_media_check', createdAt: 1_790_000_000_000 };
    const open = readPush(queryOf(vectors.plain_mode.query), bytes(xml), plain);
    const seal = () => {
      const sealed = sealCallback(
        xml,
        { timestamp: '1', nonce: '2' },
        { token, aesKey: aesKey as Buffer, receiveId: appId },
      );
      const query = { ...queryOf({ timestamp: '1', nonce: '2' }), msgSignature: sealed.signature };
      return readPush(query, bytes(`<xml><Encrypt><![CDATA[${sealed.encrypt}]]></Encrypt></xml>`), safe);
    };
    const [one, other] = [seal(), seal()];
    for (const read of [open, one, other]) expect(read).toMatchObject({ outcome: 'read', message: expected });
    const idOf = (read: typeof open) => (read.outcome === 'read' ? read.message.id : '');
    expect(idOf(one)).toMatch(/^[0-9a-f]{64}$/);
    expect([idOf(other), idOf(open)]).toEqual([idOf(one), idOf(one)]);
  });

  it.each(['', 'null', '[]', '{"Event":', '<xml><a></xml>', '<!DOCTYPE x><xml><Event>a</Event></xml>'])(
    'cannot read %j',
    (text) => {
      const [timestamp, nonce] = ['1', '2'];
      const query = { ...queryOf({ timestamp, nonce }), signature: callbackSignature(token, timestamp, nonce) };
      expect(readPush(query, bytes(text), plain)).toEqual(failed('unreadable'));
    },
  );

  it('reads a number as text and whole seconds as an instant', () => {
    const fields = { a: 1, b: '2', c: 1.5, d: {}, e: 0 };
    expect(['a', 'b', 'd', 'x'].map((name) => pushText(fields, name))).toEqual(['1', '2', '', '']);
    expect(['a', 'b', 'c', 'd', 'e'].map((name) => pushInstant(fields, name))).toEqual([1000, 2000, null, null, null]);
  });
});
