import type { Brand, Category } from '@mall/shared/catalogue';
import type { Reader } from '../../platform/database/tx.js';

/** Brands with something to see, by name. */
export async function listBrands(reader: Reader): Promise<Brand[]> {
  return reader.query<Brand>(
    `SELECT b.id, b.name FROM brands b
     WHERE EXISTS (SELECT 1 FROM products p WHERE p.brandId = b.id AND p.published = 1) ORDER BY b.name, b.id`,
  );
}

interface CategoryRow extends Category {
  filled: number;
}

/** Categories with something to see in them or below, in their order; parents before their children. */
export async function listCategories(reader: Reader): Promise<Category[]> {
  const rows = await reader.query<CategoryRow>(
    `SELECT c.id, c.name, c.parentId, c.imageUrl,
       CASE WHEN EXISTS (SELECT 1 FROM products p WHERE p.categoryId = c.id AND p.published = 1)
         THEN 1 ELSE 0 END AS filled
     FROM categories c ORDER BY c.position, c.id`,
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  const shown = new Set<string>();
  for (const row of rows) {
    for (let at: CategoryRow | undefined = row.filled === 1 ? row : undefined; at !== undefined; ) {
      if (shown.has(at.id)) break;
      shown.add(at.id);
      at = at.parentId === null ? undefined : byId.get(at.parentId);
    }
  }
  const childrenOf = (parentId: string | null): Category[] =>
    rows
      .filter((row) => row.parentId === parentId && shown.has(row.id))
      .flatMap(({ id, name, imageUrl }) => [{ id, name, parentId, imageUrl }, ...childrenOf(id)]);
  return childrenOf(null);
}

/** Ids from the root down to each category. Categories are few, so all are read. */
export async function readCategoryPaths(reader: Reader): Promise<Map<string, string[]>> {
  const rows = await reader.query<{ id: string; parentId: string | null }>('SELECT id, parentId FROM categories');
  const parents = new Map(rows.map(({ id, parentId }) => [id, parentId]));
  const pathOf = (id: string): string[] => {
    const parentId = parents.get(id) ?? null;
    return parentId === null ? [id] : [...pathOf(parentId), id];
  };
  return new Map(rows.map(({ id }) => [id, pathOf(id)]));
}
