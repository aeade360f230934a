import { randomBytes } from 'node:crypto';
import { monotonicFactory } from 'ulid';

/** Every prefix in use, so that an id tells what it names and two kinds never share a prefix. */
export type IdPrefix =
  | 'acl'
  | 'adr'
  | 'asg'
  | 'atr'
  | 'aud'
  | 'bdf'
  | 'bnd'
  | 'brd'
  | 'cam'
  | 'cas'
  | 'cat'
  | 'ccg'
  | 'cet'
  | 'chc'
  | 'cpn'
  | 'cpt'
  | 'cns'
  | 'cme'
  | 'cmr'
  | 'cmv'
  | 'crd'
  | 'dex'
  | 'dsp'
  | 'evt'
  | 'frt'
  | 'gde'
  | 'gnt'
  | 'hov'
  | 'hqu'
  | 'img'
  | 'inv'
  | 'jrn'
  | 'leg'
  | 'man'
  | 'mcs'
  | 'mem'
  | 'mgr'
  | 'mrg'
  | 'msg'
  | 'ord'
  | 'oli'
  | 'pay'
  | 'prd'
  | 'pyc'
  | 'pyo'
  | 'pyt'
  | 'rec'
  | 'rfd'
  | 'rfl'
  | 'ses'
  | 'set'
  | 'shi'
  | 'shl'
  | 'shp'
  | 'shu'
  | 'sku'
  | 'sta'
  | 'str'
  | 'tbl'
  | 'tbr'
  | 'tch'
  | 'txt'
  | 'url'
  | 'wal'
  | 'wcc'
  | 'wcw';

const next = monotonicFactory();

/** A new id, `ord_01J…`: the prefix names the kind, the ULID sorts by time of making. 30 characters. */
export function newId(prefix: IdPrefix): string {
  return `${prefix}_${next()}`;
}

/** The ULID part of an id: 26 characters, e.g. an order's out_trade_no. */
export function ulidOf(id: string): string {
  return id.slice(id.indexOf('_') + 1);
}

/** No 0/O, 1/I/L, U: people read these codes aloud, and they must not spell words by accident. */
const CODE_ALPHABET = '23456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A random code for people and links, e.g. a share code of eight characters (30^8 = 6.5 × 10^11 values). */
export function newCode(length: number): string {
  let code = '';
  while (code.length < length) {
    for (const byte of randomBytes(length)) {
      // 240 = 8 × 30: bytes above it would make early letters likelier.
      if (byte < 240 && code.length < length) code += CODE_ALPHABET[byte % 30];
    }
  }
  return code;
}
