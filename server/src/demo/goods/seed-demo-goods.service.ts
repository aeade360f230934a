import { Inject, Injectable } from '@nestjs/common';
import { PictureCategory, UpsertProduct } from '../../mall/catalog/catalog.public.js';
import type { Environment } from '../../platform/config/environment.js';
import { ENVIRONMENT } from '../../platform/config/environment.token.js';
import { composeDemoArt } from './compose-demo-art.js';
import { demoImageUrl } from './demo-image-url.js';
import { demoProductInput } from './demo-product-input.js';
import { DEMO_PRODUCTS } from './demo-products.js';

const AUTHOR = { actorId: 'demo', reason: '演示商品' };

/** Puts the demo goods on the shelves, through the same use case as a catalogue file. */
@Injectable()
export class SeedDemoGoods {
  constructor(
    private readonly upsertProduct: UpsertProduct,
    private readonly pictureCategory: PictureCategory,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  /** Safe to repeat: pictures and products that are there stay as they are. */
  async execute(): Promise<void> {
    await composeDemoArt(this.environment.mediaDirectory);
    // Backwards, so that the first of the table is the newest of the shop.
    for (const product of [...DEMO_PRODUCTS].reverse()) {
      await this.upsertProduct.execute(demoProductInput(product), AUTHOR);
    }
    const pictured = new Set<string>();
    for (const { category, handle } of DEMO_PRODUCTS) {
      for (const names of [category.slice(0, 1), [...category]]) {
        const path = names.join('/');
        if (!pictured.has(path)) await this.pictureCategory.execute(names, demoImageUrl(handle, 'card'));
        pictured.add(path);
      }
    }
  }
}
