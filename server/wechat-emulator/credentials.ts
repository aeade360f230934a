/** Everything that the platform and a merchant agree on before the first call. Plain JSON. */
export interface EmulatorCredentials {
  readonly appId: string;
  readonly appSecret: string;
  readonly mchId: string;
  /** PKCS#8. Belongs to the merchant; the emulator never reads it. */
  readonly merchantPrivateKeyPem: string;
  readonly merchantPublicKeyPem: string;
  /** Serial number of the merchant certificate: 40 hexadecimal digits. */
  readonly merchantSerial: string;
  /** `PUB_KEY_ID_…`, the serial under which the platform signs. */
  readonly platformKeyId: string;
  readonly platformPublicKeyPem: string;
  /** PKCS#8. Belongs to the platform; the server must not be given it. */
  readonly platformPrivateKeyPem: string;
  /** 32 ASCII characters. */
  readonly apiV3Key: string;
  /** Signs message pushes to the mall. */
  readonly pushToken: string;
  /** EncodingAESKey of message pushes in safe mode: 43 letters and digits. */
  readonly pushAesKey: string;
  readonly corpId: string;
  readonly corpSecret: string;
  readonly wecomToken: string;
  /** EncodingAESKey of WeCom's callbacks: 43 letters and digits. */
  readonly wecomAesKey: string;
}

const FIELDS = [
  'appId',
  'appSecret',
  'mchId',
  'merchantPrivateKeyPem',
  'merchantPublicKeyPem',
  'merchantSerial',
  'platformKeyId',
  'platformPublicKeyPem',
  'platformPrivateKeyPem',
  'apiV3Key',
  'pushToken',
  'pushAesKey',
  'corpId',
  'corpSecret',
  'wecomToken',
  'wecomAesKey',
] as const satisfies readonly (keyof EmulatorCredentials)[];

/** Reads credentials from JSON text. Throws an Error that names the first missing field. */
export function parseCredentials(json: string): EmulatorCredentials {
  const value: unknown = JSON.parse(json);
  if (typeof value !== 'object' || value === null) throw new Error('emulator credentials: not a JSON object');
  const record = value as Record<string, unknown>;
  const missing = FIELDS.find((field) => typeof record[field] !== 'string' || record[field] === '');
  if (missing) throw new Error(`emulator credentials: "${missing}" is missing`);
  return record as unknown as EmulatorCredentials;
}
