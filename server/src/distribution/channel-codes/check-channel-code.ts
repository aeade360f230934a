import type { ChannelCodeInput, CodeTarget } from '@mall/shared/codes';
import { ChannelCodeKind, CodeTargetKind } from '@mall/shared/codes';
import { GuideStatus } from '@mall/shared/guides';
import { type FieldFault, ProblemType } from '@mall/shared/problems';
import { Inject, Injectable, Optional } from '@nestjs/common';
import type { Reader } from '../../platform/database/tx.js';
import { ProblemError } from '../../platform/http/problem.js';
import { Guides } from '../guides/guides.public.js';
import { SHARED_PRODUCTS, type SharedProducts } from '../shared-goods/shared-goods.public.js';
import { Stores } from '../stores/stores.public.js';

type Checked = Pick<ChannelCodeInput, 'kind' | 'storeId' | 'target' | 'guides'>;

/** Whether what a code shall open and whom it names exists: a print that leads nowhere can't be called back. */
@Injectable()
export class CheckChannelCode {
  constructor(
    private readonly guides: Guides,
    private readonly stores: Stores,
    @Optional() @Inject(SHARED_PRODUCTS) private readonly goods: SharedProducts | null = null,
  ) {}

  /** Throws 422 `validation-failed` that names every fault. */
  async execute(reader: Reader, code: Checked): Promise<void> {
    const faults = [
      ...(await this.storeFaults(reader, code)),
      ...packFaults(code),
      ...(await this.targetFaults(reader, code.target)),
      ...(await this.guideFaults(reader, code)),
    ];
    if (faults.length > 0) throw new ProblemError(ProblemType.ValidationFailed, { detail: '请检查填写的内容', faults });
  }

  /** By `kind id`: titles of products and names of brands. Other targets, and what is gone, are left out. */
  async namesOf(reader: Reader, targets: readonly CodeTarget[]): Promise<Map<string, string>> {
    const names = new Map<string, string>();
    if (this.goods === null) return names;
    const idsOf = (wanted: CodeTargetKind) => [
      ...new Set(targets.flatMap(({ kind, id }) => (kind === wanted && id !== null ? [id] : []))),
    ];
    const productIds = idsOf(CodeTargetKind.Product);
    const products = productIds.length === 0 ? [] : await this.goods.byIds(reader, productIds);
    for (const { id, title } of products) names.set(`${CodeTargetKind.Product} ${id}`, title);
    for (const id of idsOf(CodeTargetKind.Brand)) {
      const name = await this.goods.brandName(reader, id);
      if (name !== null) names.set(`${CodeTargetKind.Brand} ${id}`, name);
    }
    return names;
  }

  private async storeFaults(reader: Reader, { kind, storeId }: Checked): Promise<FieldFault[]> {
    if (storeId === null)
      return kind === ChannelCodeKind.Store ? [{ path: 'storeId', message: "a store's code names the store" }] : [];
    return (await this.stores.find(reader, storeId)) === null ? [{ path: 'storeId', message: 'no such store' }] : [];
  }

  private async targetFaults(reader: Reader, target: Checked['target']): Promise<FieldFault[]> {
    const needsId = target.kind === CodeTargetKind.Product || target.kind === CodeTargetKind.Brand;
    if (needsId !== (target.id !== null)) {
      return [{ path: 'target.id', message: needsId ? 'is required' : 'must be null' }];
    }
    if (!needsId || this.goods === null) return [];
    const known = await this.namesOf(reader, [target]);
    return known.size > 0 ? [] : [{ path: 'target.id', message: 'is not there, or customers do not see it' }];
  }

  private async guideFaults(reader: Reader, { guides, storeId }: Checked): Promise<FieldFault[]> {
    const ids = guides.map(({ guideId }) => guideId);
    const found = new Map((await this.guides.many(reader, ids)).map((guide) => [guide.id, guide]));
    return ids.flatMap((id, index) => {
      const path = `guides.${index}.guideId`;
      const guide = found.get(id);
      if (guide === undefined || guide.status === GuideStatus.Left) return [{ path, message: 'no such guide' }];
      if (ids.indexOf(id) !== index) return [{ path, message: 'is listed twice' }];
      // A franchise partner's shelf must not feed another store's guides.
      if (storeId !== null && guide.storeId !== storeId) return [{ path, message: 'is of another store' }];
      return [];
    });
  }
}

/** What lies in a parcel says whose customer has opened it. */
function packFaults({ kind, storeId, guides }: Checked): FieldFault[] {
  const isNobodys = kind === ChannelCodeKind.Pack && storeId === null && guides.length === 0;
  return isNobodys ? [{ path: 'storeId', message: "a parcel's code names a store or a guide" }] : [];
}
