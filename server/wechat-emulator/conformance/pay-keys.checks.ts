import { deepStrictEqual, match, notStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { checksOf } from './check.js';
import { type Merchant, verdict } from './merchant.js';
import { answerMessage, fits, type Sealed, unseal } from './signatures.js';

interface Listed {
  readonly serial_no: string;
  readonly effective_time: string;
  readonly expire_time: string;
  readonly encrypt_certificate: Sealed & { readonly algorithm: string };
}

const byCertificate = { platformSerial: null };

async function certificates(merchant: Merchant) {
  const reply = await merchant.get('/v3/certificates', byCertificate);
  strictEqual(reply.status, 200, reply.text);
  return (reply.json.data as Listed[]).map((listed) => {
    const pem = unseal(listed.encrypt_certificate, merchant.agreed.apiV3Key);
    return { listed, pem, x509: new X509Certificate(pem), key: new X509Certificate(pem).publicKey, reply };
  });
}

async function newest(merchant: Merchant) {
  const last = (await certificates(merchant)).at(-1);
  if (!last) throw new Error('no certificate is listed');
  return last;
}

const pemOf = ({ key }: { key: X509Certificate['publicKey'] }): string =>
  key.export({ type: 'spki', format: 'pem' }).toString();

export const keyChecks = checksOf('§5', {
  'a merchant in public-key mode has no certificates': async (bench) => {
    strictEqual(verdict(await (await bench.merchant()).get('/v3/certificates')), '404 RESOURCE_NOT_EXISTS');
  },
  'certificates come sealed with the APIv3 key, and are certificates of their serial': async (bench) => {
    const merchant = await bench.merchant();
    await merchant.control('keys', { mode: 'certificate' });
    const { listed, x509, key } = await newest(merchant);
    strictEqual(listed.encrypt_certificate.algorithm, 'AEAD_AES_256_GCM');
    strictEqual(listed.encrypt_certificate.associated_data, 'certificate');
    strictEqual(x509.serialNumber, listed.serial_no);
    match(listed.serial_no, /^[0-9A-F]{40}$/);
    ok(x509.verify(key));
    ok(listed.effective_time < listed.expire_time);
  },
  'in certificate mode answers are signed under the newest certificate, by the serial they name': async (bench) => {
    const merchant = await bench.merchant();
    await merchant.control('keys', { mode: 'certificate' });
    const first = await newest(merchant);
    ok(merchant.isSigned(first.reply.headers, first.reply.text, pemOf(first)));
    strictEqual(first.reply.headers.get('wechatpay-serial'), first.listed.serial_no);
    await merchant.control('keys', { rotate: true });
    const both = await certificates(merchant);
    strictEqual(both.length, 2);
    const reply = await merchant.prepay('order-0001', {}, byCertificate);
    strictEqual(reply.headers.get('wechatpay-serial'), both[1]?.listed.serial_no);
    notStrictEqual(both[0]?.listed.serial_no, both[1]?.listed.serial_no);
  },
  'in certificate mode the serial of a public key is unknown': async (bench) => {
    const merchant = await bench.merchant();
    await merchant.control('keys', { mode: 'certificate' });
    strictEqual(verdict(await merchant.prepay('order-0001')), '400 PARAM_ERROR');
  },
  'during a switch an answer comes under the key that the request names': async (bench) => {
    const merchant = await bench.merchant();
    await merchant.control('keys', { mode: 'switching' });
    const { listed } = await newest(merchant);
    const [underKey, underCertificate] = [
      await merchant.prepay('order-0001'),
      await merchant.prepay('order-0002', {}, { platformSerial: listed.serial_no }),
    ];
    strictEqual(underKey.headers.get('wechatpay-serial'), merchant.agreed.platformKeyId);
    strictEqual(underCertificate.headers.get('wechatpay-serial'), listed.serial_no);
  },
  'during a switch notices arrive under both': async (bench) => {
    const [merchant, endpoint] = [await bench.merchant(), await bench.endpoint()];
    await merchant.control('keys', { mode: 'switching' });
    const { listed, key } = await newest(merchant);
    await merchant.paid('order-0001', { notify_url: endpoint.url });
    await merchant.paid('order-0002', { notify_url: endpoint.url });
    const arrived = await endpoint.expect(2);
    const serials = arrived.map(({ headers }) => String(headers['wechatpay-serial']));
    deepStrictEqual([...serials].sort(), [listed.serial_no, merchant.agreed.platformKeyId].sort());
    for (const { headers, body } of arrived) {
      const text = (name: string): string => String(headers[`wechatpay-${name}`]);
      const message = answerMessage(text('timestamp'), text('nonce'), body);
      const isCertificate = text('serial') === listed.serial_no;
      ok(fits(message, text('signature'), isCertificate ? key : merchant.agreed.platformPublicKeyPem));
    }
  },
  'what is sealed names the certificate it was sealed for': async (bench) => {
    const merchant = await bench.merchant();
    await merchant.control('keys', { mode: 'certificate' });
    const certificate = await newest(merchant);
    const sealed = { user_name: merchant.seal('陈静', pemOf(certificate)) };
    strictEqual(verdict(await merchant.transfer('bill1', sealed, byCertificate)), '400 PARAM_ERROR');
    const named = { platformSerial: certificate.listed.serial_no };
    strictEqual((await merchant.transfer('bill1', sealed, named)).status, 200);
  },
});
