const MOST = 220;

const WITHOUT_COLOURS = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g');

/** What a failure says, in one line: the message without its stack, which is what a person reads first. */
export function firstWords(message) {
  const plain = message.replace(WITHOUT_COLOURS, '').trim();
  const said = plain.split(/\n\s+at /)[0];
  const line = said.replace(/\s*\n\s*/g, ' · ').replace(/^Error: /, '');
  return line.length > MOST ? `${line.slice(0, MOST)}…` : line;
}
