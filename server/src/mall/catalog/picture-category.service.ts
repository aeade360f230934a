import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { pathKey } from './domain/name-key.js';

/** Gives a category its picture. */
@Injectable()
export class PictureCategory {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** @param names from the root; returns false for a category that does not exist */
  async execute(names: readonly string[], imageUrl: string): Promise<boolean> {
    return this.unitOfWork.run(async (tx) => {
      const key = pathKey(names);
      return (await tx.execute('UPDATE categories SET imageUrl = ? WHERE pathKey = ?', [imageUrl, key])) === 1;
    });
  }
}
