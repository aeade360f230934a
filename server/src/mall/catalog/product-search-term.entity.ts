import { Entity } from 'typeorm';
import { IdColumn } from '../../platform/database/columns.js';

/**
 * Inverted index: which products have a term. A term is a pair of Chinese characters, a single one, a word, or a
 * facet (`=` and the id of a brand or category). Neither SQLite's trigram index nor MariaDB's full text finds
 * two-character words.
 */
@Entity('product_search_terms')
export class ProductSearchTermEntity {
  @IdColumn()
  term: string;

  @IdColumn()
  productId: string;
}
