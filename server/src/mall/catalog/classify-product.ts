import type { Tx } from '../../platform/database/tx.js';
import { newId } from '../../platform/ids/ids.js';
import { BrandEntity } from './brand.entity.js';
import { CategoryEntity } from './category.entity.js';
import { nameKey, pathKey } from './domain/name-key.js';

/** The brand of that name, made when it is new. Returns its id. */
export async function findOrMakeBrand(tx: Tx, name: string): Promise<string> {
  const key = nameKey(name);
  const find = () => tx.first<{ id: string }>('SELECT id FROM brands WHERE nameKey = ?', [key]);
  const found = await find();
  if (found !== null) return found.id;
  const id = newId('brd');
  if (await tx.insertOnce(BrandEntity, { id, name, nameKey: key })) return id;
  // Another import made it between the two statements.
  return (await find())?.id ?? id;
}

async function findOrMakeChild(tx: Tx, parentId: string | null, names: readonly string[]): Promise<string> {
  const key = pathKey(names);
  const find = () => tx.first<{ id: string }>('SELECT id FROM categories WHERE pathKey = ?', [key]);
  const found = await find();
  if (found !== null) return found.id;
  const siblings = await tx.first<{ n: number }>(
    'SELECT COUNT(*) AS n FROM categories WHERE COALESCE(parentId, ?) = ?',
    ['', parentId ?? ''],
  );
  const id = newId('cat');
  const row = { id, parentId, name: names.at(-1) ?? '', pathKey: key, position: siblings?.n ?? 0, imageUrl: null };
  if (await tx.insertOnce(CategoryEntity, row)) return id;
  return (await find())?.id ?? id;
}

/** The categories along `names`, made where they are new. Returns their ids from the root; empty for no names. */
export async function findOrMakeCategories(tx: Tx, names: readonly string[]): Promise<string[]> {
  const ids: string[] = [];
  for (let depth = 1; depth <= names.length; depth += 1) {
    ids.push(await findOrMakeChild(tx, ids.at(-1) ?? null, names.slice(0, depth)));
  }
  return ids;
}
