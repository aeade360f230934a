import { createHash } from 'node:crypto';
import type { CatalogueImportReport } from '@mall/shared/catalogue';
import { Injectable } from '@nestjs/common';
import { type ProductInput, type UpsertOutcome, UpsertProduct } from '../../mall/catalog/catalog.public.js';
import { AuditLog } from '../../platform/audit/audit-log.js';
import type { HqActor } from '../../platform/auth/actor.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { type Findings, inFileOrder } from './domain/findings.js';
import { parseCatalogue } from './domain/parse-catalogue.js';
import type { ParsedProduct } from './domain/parsed-product.js';
import { readCatalogueFile } from './read-csv.js';
import { sanitiseDescription } from './sanitise-description.js';

type Counts = Omit<CatalogueImportReport, 'warnings' | 'refused'>;

const NOTHING: Counts = {
  productsCreated: 0,
  productsUpdated: 0,
  productsUnchanged: 0,
  skusCreated: 0,
  skusUpdated: 0,
  skusUnchanged: 0,
  productsUnpublished: 0,
};

function inputOf({ bodyHtml, line, ...product }: ParsedProduct, findings: Findings): ProductInput {
  const { html, cut } = sanitiseDescription(bodyHtml);
  if (cut) findings.warn(line, product.handle, 'description_cut', '商品描述太长，已截断');
  return { ...product, subtitle: null, descriptionHtml: html };
}

function count(counts: Counts, { product, skus, published }: UpsertOutcome): Counts {
  return {
    productsCreated: counts.productsCreated + (product === 'created' ? 1 : 0),
    productsUpdated: counts.productsUpdated + (product === 'updated' ? 1 : 0),
    productsUnchanged: counts.productsUnchanged + (product === 'unchanged' ? 1 : 0),
    skusCreated: counts.skusCreated + skus.created,
    skusUpdated: counts.skusUpdated + skus.updated,
    skusUnchanged: counts.skusUnchanged + skus.unchanged,
    productsUnpublished: counts.productsUnpublished + (published ? 0 : 1),
  };
}

function warnOfOutcome({ withdrawn, oversold }: UpsertOutcome, { line, handle }: ParsedProduct, findings: Findings) {
  for (const text of withdrawn) {
    findings.warn(line, handle, 'sku_withdrawn', `规格“${text || '无'}”不在文件里了，已停售`);
  }
  for (const { optionText, missing } of oversold) {
    const what = optionText === '' ? '' : `规格“${optionText}”`;
    findings.warn(
      line,
      handle,
      'stock_already_sold',
      `${what}文件里减少的库存有 ${missing} 件已经售出，可售库存记为 0`,
    );
  }
}

/**
 * Imports a product CSV: parses it, writes each product in a transaction of its own and reports every odd or refused
 * row. An import that dies in the middle is simply repeated: what was written is found unchanged.
 */
@Injectable()
export class ImportCatalogue {
  constructor(
    private readonly upsertProduct: UpsertProduct,
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditLog,
  ) {}

  /**
   * `productsUnpublished` counts the products of the file that customers do not see after the import.
   * Throws CatalogueFileRefused for a file that is no product CSV; nothing is changed then.
   */
  async execute(file: Buffer, actor: Pick<HqActor, 'userId' | 'username'>): Promise<CatalogueImportReport> {
    const { layout, columns, records } = readCatalogueFile(file);
    const { products, findings } = parseCatalogue(layout, columns, records);
    let counts = NOTHING;
    for (const product of products) {
      const input = inputOf(product, findings);
      const outcome = await this.upsertProduct.execute(input, { actorId: actor.userId, reason: '商品文件导入' });
      warnOfOutcome(outcome, product, findings);
      counts = count(counts, outcome);
    }
    await this.unitOfWork.run((tx) =>
      this.audit.record(tx, {
        actor: { id: actor.userId, name: actor.username },
        action: 'catalogue.import',
        subject: `file:${createHash('sha256').update(file).digest('hex').slice(0, 32)}`,
        old: undefined,
        new: { ...counts, warnings: findings.warnings.length, refused: findings.refused.length },
      }),
    );
    return { ...counts, warnings: inFileOrder(findings.warnings), refused: inFileOrder(findings.refused) };
  }
}
