import { crc32, deflateSync } from 'node:zlib';
import QRCode from 'qrcode';

const QUIET_ZONE = 4;

export interface Ink {
  readonly red: number;
  readonly green: number;
  readonly blue: number;
}

export const INK: Ink = { red: 31, green: 27, blue: 22 };

export interface CodeStyle {
  readonly ink: Ink;
  /** Without a ground: only the dots, on nothing. */
  readonly isHyaline: boolean;
}

const { abs, floor, max } = Math;

/** Distance test for a square of half-width `half` with rounded corners, centred on the origin. */
function insideRounded(x: number, y: number, half: number, radius: number): boolean {
  const dx = max(abs(x) - (half - radius), 0);
  const dy = max(abs(y) - (half - radius), 0);
  return dx * dx + dy * dy <= radius * radius;
}

/** The three corner marks are drawn as rounded rings. Coordinates are relative to the centre of the mark. */
function isFinderInk(dx: number, dy: number): boolean {
  const ring = insideRounded(dx, dy, 3.5, 2) && !insideRounded(dx, dy, 2.5, 1.2);
  return ring || insideRounded(dx, dy, 1.5, 0.8);
}

/** Whether the point, in modules from the top left corner, is dark. */
function isInk(x: number, y: number, size: number, modules: Uint8Array): boolean {
  const column = floor(x);
  const row = floor(y);
  if (column < 0 || row < 0 || column >= size || row >= size) return false;
  const right = column >= size - 7;
  const bottom = row >= size - 7;
  if ((column < 7 || right) && (row < 7 || bottom) && !(right && bottom)) {
    return isFinderInk(x - (right ? size - 3.5 : 3.5), y - (bottom ? size - 3.5 : 3.5));
  }
  // Full circles (0.5) leave white gaps that scanners stumble over in large images; 0.35 was read at every width.
  return modules[row * size + column] === 1 && insideRounded(x - column - 0.5, y - row - 0.5, 0.5, 0.35);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'ascii'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

/** `colour` is PNG's colour type: 2 is red, green, blue; 6 has transparency as well. */
function encodePng(width: number, rows: Buffer, colour: 2 | 6): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(width, 4);
  header.set([8, colour, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** The share of a pixel that is ink, in quarters: four samples a pixel make the edges smooth. */
function coverage(left: number, top: number, half: number, size: number, modules: Uint8Array): number {
  let covered = 0;
  if (isInk(left, top, size, modules)) covered += 1;
  if (isInk(left + half, top, size, modules)) covered += 1;
  if (isInk(left, top + half, size, modules)) covered += 1;
  if (isInk(left + half, top + half, size, modules)) covered += 1;
  return covered;
}

/** A square PNG, `width` pixels wide, of a QR code with round dots that holds `text`. Any scanner reads it. */
export function drawCodeImage(text: string, width: number, style: CodeStyle = { ink: INK, isHyaline: false }): Buffer {
  const { size, data } = QRCode.create(text, { errorCorrectionLevel: 'M' }).modules;
  const modules = Uint8Array.from(data);
  const scale = (size + 2 * QUIET_ZONE) / width;
  const { ink, isHyaline } = style;
  const bytes = isHyaline ? 4 : 3;
  const stride = 1 + width * bytes;
  const rows = Buffer.alloc(stride * width);
  const paint = (at: number, covered: number): void => {
    if (isHyaline) {
      rows.set([ink.red, ink.green, ink.blue, (255 * covered) / 4], at);
      return;
    }
    rows[at] = 255 - ((255 - ink.red) * covered) / 4;
    rows[at + 1] = 255 - ((255 - ink.green) * covered) / 4;
    rows[at + 2] = 255 - ((255 - ink.blue) * covered) / 4;
  };
  for (let py = 0; py < width; py += 1) {
    const top = (py + 0.25) * scale - QUIET_ZONE;
    for (let px = 0; px < width; px += 1) {
      const left = (px + 0.25) * scale - QUIET_ZONE;
      paint(py * stride + 1 + px * bytes, coverage(left, top, scale / 2, size, modules));
    }
  }
  return encodePng(width, rows, isHyaline ? 6 : 2);
}
