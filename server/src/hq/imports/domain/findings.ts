import type { CatalogueImportFinding } from '@mall/shared/catalogue';

/** Collects what is reported about the rows of a file. */
export class Findings {
  readonly warnings: CatalogueImportFinding[] = [];
  readonly refused: CatalogueImportFinding[] = [];

  warn(line: number, handle: string | null, code: string, message: string): void {
    this.warnings.push({ line, handle, code, message });
  }

  refuse(line: number, handle: string | null, code: string, message: string): void {
    this.refused.push({ line, handle, code, message });
  }
}

/** In the order of the file. */
export function inFileOrder(findings: readonly CatalogueImportFinding[]): CatalogueImportFinding[] {
  return [...findings].sort((a, b) => a.line - b.line);
}
