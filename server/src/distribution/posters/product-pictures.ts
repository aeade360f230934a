import { open, stat } from 'node:fs/promises';
import { resolve, sep } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import type { Environment } from '../../platform/config/environment.js';
import { ENVIRONMENT } from '../../platform/config/environment.token.js';

const PREFIX = '/media/';
const MOST_BYTES = 30_000_000;

export interface ProductPicture {
  /** Another one when the file was replaced. */
  revision: string;
  read(): Promise<Buffer | null>;
}

/**
 * Product pictures of the media folder. One that lies at another host is not fetched: a server that opens whatever
 * address stands in a product can be sent anywhere, so such a product's poster shows its words.
 */
@Injectable()
export class ProductPictures {
  private readonly folder: string;
  private readonly ownPrefix: string;

  constructor(@Inject(ENVIRONMENT) environment: Pick<Environment, 'mediaDirectory' | 'publicUrl'>) {
    this.folder = resolve(environment.mediaDirectory);
    this.ownPrefix = `${environment.publicUrl}${PREFIX}`;
  }

  async find(url: string | null): Promise<ProductPicture | null> {
    const file = url === null ? null : this.fileOf(url);
    if (file === null) return null;
    const found = await stat(file).catch(() => null);
    if (!found?.isFile() || found.size > MOST_BYTES) return null;
    return { revision: `${url} ${found.size} ${found.mtimeMs}`, read: () => readUpTo(file, MOST_BYTES) };
  }

  private fileOf(url: string): string | null {
    const prefix = [PREFIX, this.ownPrefix].find((start) => url.startsWith(start));
    if (prefix === undefined) return null;
    const [path = ''] = url.slice(prefix.length).split(/[?#]/, 1);
    const file = resolve(this.folder, decoded(path));
    return file.startsWith(this.folder + sep) ? file : null;
  }
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path).replaceAll('\0', '');
  } catch {
    return path;
  }
}

async function readUpTo(file: string, most: number): Promise<Buffer | null> {
  const handle = await open(file).catch(() => null);
  if (handle === null) return null;
  try {
    const { size } = await handle.stat();
    return size > most ? null : await handle.readFile();
  } finally {
    await handle.close();
  }
}
