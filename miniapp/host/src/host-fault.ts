/** Where in the built mini-program something is wrong; lines and columns count from one. */
export interface Place {
  file: string;
  line?: number;
  column?: number;
}

/** What a developer has to mend: one sentence, with the file and the line where that is known. */
export class HostFault extends Error {
  override readonly name = 'HostFault';

  constructor(
    readonly sentence: string,
    readonly place?: Place,
  ) {
    super(place === undefined ? sentence : `${whereIs(place)}: ${sentence}`);
  }
}

function whereIs({ file, line, column }: Place): string {
  return [file, line, column].filter((part) => part !== undefined).join(':');
}
