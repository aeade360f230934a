import { pictureAddress } from '../picture-address.js';
import { type Act, type Api, answeringAll, type CallOptions, Refusal, textIn } from './answer.js';
import type { WxContext } from './context.js';

/** Where the phone keeps what is only there for now, and what the mini-program wrote. */
const TEMPORARY = 'http://tmp/';
export const OWN_FOLDER = 'http://usr';

const fromBytes = (bytes: Uint8Array) => [...bytes].map((byte) => String.fromCharCode(byte)).join('');
const toBytes = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
/** Read over HTTP as one character a byte. */
const AS_BYTES = 'text/plain; charset=x-user-defined';
const OK = 200;

function encode(bytes: Uint8Array, encoding: string | undefined): string | ArrayBuffer {
  if (encoding === undefined || encoding === '') return bytes.slice().buffer;
  if (/^utf-?8$/.test(encoding)) return new TextDecoder().decode(bytes);
  if (encoding === 'base64') return btoa(fromBytes(bytes));
  if (encoding === 'hex') return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  if (/^(ascii|binary|latin1)$/.test(encoding)) return fromBytes(bytes);
  throw new Error(`the encoding "${encoding}" is not implemented by this host`);
}

function decode(data: unknown, encoding = 'utf8'): Uint8Array {
  if (typeof data !== 'string') return new Uint8Array(data as ArrayBuffer);
  if (/^utf-?8$/.test(encoding)) return new TextEncoder().encode(data);
  if (encoding === 'base64') return toBytes(atob(data));
  if (/^(ascii|binary|latin1)$/.test(encoding)) return toBytes(data);
  throw new Error(`the encoding "${encoding}" is not implemented by this host`);
}

/** Files of the phone, which the process around the browser keeps: reading and writing wait for it, as they must. */
export class PhoneFiles {
  private made = 0;

  read(path: string): Uint8Array {
    const line = this.line('GET', path);
    if (line.status !== OK) throw new Refusal(`no such file or directory, open '${path}'`);
    // The character set puts the upper half of a byte elsewhere.
    return toBytes(line.responseText);
  }

  write(path: string, bytes: Uint8Array): void {
    if (!path.startsWith(`${OWN_FOLDER}/`)) throw new Refusal(`permission denied, open ${path}`);
    this.line('PUT', path, bytes);
  }

  /** Keeps bytes for now and gives the path. */
  keep(bytes: Uint8Array, extension: string): string {
    this.made += 1;
    const path = `${TEMPORARY}made-${this.made}.${extension}`;
    this.line('PUT', path, bytes);
    return path;
  }

  remove(path: string): void {
    if (this.line('DELETE', path).status !== OK) throw new Refusal(`no such file or directory, unlink '${path}'`);
  }

  private line(method: 'GET' | 'PUT' | 'DELETE', path: string, bytes?: Uint8Array): XMLHttpRequest {
    const line = new XMLHttpRequest();
    line.open(method, pictureAddress(path, []), false);
    line.overrideMimeType(AS_BYTES);
    line.send(bytes?.slice().buffer ?? null);
    return line;
  }
}

/** `wx.getFileSystemManager()`: reading, writing, asking and removing; folders and archives it does not have. */
export function fileSystem({ faults }: WxContext, files: PhoneFiles): Api {
  const encodingIn = (options: CallOptions) => options.encoding as string | undefined;
  const acts: Record<string, Act> = {
    readFile: (options) => ({ data: encode(files.read(textIn(options, 'filePath')), encodingIn(options)) }),
    writeFile: (options) => files.write(textIn(options, 'filePath'), decode(options.data, encodingIn(options))),
    access: (options) => void files.read(textIn(options, 'path')),
    unlink: (options) => files.remove(textIn(options, 'filePath')),
    getFileInfo: (options) => ({ size: files.read(textIn(options, 'filePath')).length }),
  };
  /** The other form: arguments in a row, and what goes wrong is thrown. */
  const inARow = (
    name: string,
    names: string[],
    take: (answer: Record<string, unknown>) => unknown = () => undefined,
  ) => {
    return (...args: unknown[]) => {
      try {
        const given = Object.fromEntries(names.map((each, at) => [each, args[at]]));
        return take((acts[name](given) ?? {}) as Record<string, unknown>);
      } catch (error) {
        if (!(error instanceof Refusal)) faults.report(error);
        throw new Error(`${name}Sync:fail ${(error as Error).message}`);
      }
    };
  };
  const manager: Api = {
    ...answeringAll(faults, acts),
    readFileSync: inARow('readFile', ['filePath', 'encoding'], ({ data }) => data),
    writeFileSync: inARow('writeFile', ['filePath', 'data', 'encoding']),
    accessSync: inARow('access', ['path']),
    unlinkSync: inARow('unlink', ['filePath']),
  };
  const all = new Proxy(manager, {
    get: (target, name) => {
      if (typeof name !== 'string' || name in target || name === 'then') return target[name as string];
      return () => {
        const error = new Error(`FileSystemManager.${name} is not implemented by this host`);
        faults.report(error);
        throw error;
      };
    },
  });
  return { getFileSystemManager: () => all };
}
