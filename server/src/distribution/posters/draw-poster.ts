import { fen, formatYuan } from '@mall/shared/money';
import { type Canvas, createCanvas, type SKRSContext2D } from '@napi-rs/canvas';
import { drawable, fitLines } from './domain/poster-text.js';
import type { PosterContent } from './poster-content.js';
import type { PosterFonts } from './poster-fonts.js';

/** Raise it when the drawing changes: kept posters are then made again. */
export const TEMPLATE = 1;

const INK = '#1F1B16';
const INK_2 = '#6B635A';
const PAPER = '#FAF7F2';
const LINE = '#E2DACF';
const PERSIMMON = '#C8471F';
const PINE = '#2F5D50';
/** Grounds where there is no picture: the tints of the shop, light above dark. */
const GROUNDS = [
  ['#EDF2EC', '#CFDDD3', PINE],
  ['#F8EBDF', '#EBCFB8', '#8A3A1C'],
  ['#F1EDE6', '#DAD0C2', '#5B4E3F'],
  ['#E9EEF3', '#C9D5E1', '#34506B'],
] as const;

export const WIDTH = 1080;
const MARGIN = 56;
const INNER = WIDTH - 2 * MARGIN;
/** 4:5, as on the product's page. */
export const HERO = { left: MARGIN, top: MARGIN, width: INNER, height: (INNER * 5) / 4, radius: 36 } as const;
const CODE_CARD = 248;
const CODE_PADDING = 14;
export const CODE_SIZE = CODE_CARD - 2 * CODE_PADDING;
const TITLE = { size: 54, line: 74 };
/** A short title stands larger. */
const HEADINGS = [
  { size: 152, line: 204, most: 2 },
  { size: 108, line: 146, most: 5 },
] as const;

type Weight = 400 | 600;

export interface Drawing {
  canvas: Canvas;
  height: number;
  /** Where the mini-program code belongs. */
  code: { left: number; top: number };
}

class Pen {
  constructor(
    readonly context: SKRSContext2D,
    private readonly fonts: PosterFonts,
  ) {}

  clean(text: string): string {
    return drawable(text, (codePoint) => this.fonts.covers(codePoint));
  }

  /** Returns the width. `text` is clean. */
  write(text: string, x: number, baseline: number, size: number, weight: Weight, colour: string): number {
    this.choose(text, size, weight);
    this.context.fillStyle = colour;
    this.context.fillText(text, x, baseline);
    return this.context.measureText(text).width;
  }

  width(text: string, size: number, weight: Weight): number {
    this.choose(text, size, weight);
    return this.context.measureText(text).width;
  }

  lines(text: string, width: number, most: number, size: number, weight: Weight): string[] {
    this.choose(`${text}…`, size, weight);
    return fitLines(text, width, most, (part) => this.context.measureText(part).width);
  }

  private choose(text: string, size: number, weight: Weight): void {
    this.context.font = `${weight} ${size}px ${this.fonts.familiesFor(`${text}0`)}`;
  }
}

/** A small ¥, large yuan, small fen, and 起 behind a range. Returns where it ends. */
function drawPrice(pen: Pen, price: { priceFen: number; priceIsFrom: boolean }, x: number, baseline: number): number {
  const [yuan = '0', rest = '00'] = formatYuan(fen(price.priceFen)).split('.');
  let at = x + pen.write('¥', x, baseline, 44, 600, PERSIMMON) + 4;
  at += pen.write(yuan.replace(/\B(?=(\d{3})+$)/g, ','), at, baseline, 80, 600, PERSIMMON);
  at += pen.write(`.${rest}`, at, baseline, 44, 600, PERSIMMON);
  if (price.priceIsFrom) at += 12 + pen.write('起', at + 12, baseline, 36, 400, INK_2);
  return at;
}

/** In place of a picture: the words themselves, large on a tinted ground. */
function drawHeading(pen: Pen, content: PosterContent): void {
  const { context } = pen;
  const sum = [...content.seed].reduce((total, letter) => total + (letter.codePointAt(0) ?? 0), 0);
  const [light, dark, ink] = GROUNDS[sum % GROUNDS.length] ?? GROUNDS[0];
  const ground = context.createLinearGradient(0, HERO.top, 0, HERO.top + HERO.height);
  ground.addColorStop(0, light);
  ground.addColorStop(1, dark);
  context.fillStyle = ground;
  context.beginPath();
  context.roundRect(HERO.left, HERO.top, HERO.width, HERO.height, HERO.radius);
  context.fill();
  const left = HERO.left + 72;
  const small = pen.clean(content.product?.brandName ?? content.storeName);
  const [smallLine = ''] = pen.lines(small, HERO.width - 144, 1, 40, 400);
  pen.write(smallLine, left, HERO.top + 124, 40, 400, ink);
  const heading = pen.clean(content.product?.title ?? '好物推荐');
  const [large, usual] = HEADINGS;
  const fitsLarge = !pen
    .lines(heading, HERO.width - 144, large.most, large.size, 600)
    .join('')
    .endsWith('…');
  const { size, line: step, most } = fitsLarge ? large : usual;
  const lines = pen.lines(heading, HERO.width - 144, most, size, 600);
  const top = HERO.top + (HERO.height - lines.length * step) / 2;
  lines.forEach((line, index) => {
    pen.write(line, left, top + index * step + size * 1.04, size, 600, ink);
  });
  context.fillStyle = ink;
  context.fillRect(left, HERO.top + HERO.height - 120, 96, 6);
}

/** Who recommends it, left of the code. */
function drawGuide(pen: Pen, content: PosterContent, top: number): void {
  const { context } = pen;
  const name = pen.clean(content.guideName);
  const middle = top + CODE_CARD / 2;
  const radius = 56;
  context.fillStyle = PINE;
  context.beginPath();
  context.arc(MARGIN + radius, middle - 30, radius, 0, 2 * Math.PI);
  context.fill();
  const initial = [...name][0] ?? '';
  const initialWidth = pen.width(initial, 52, 600);
  pen.write(initial, MARGIN + radius - initialWidth / 2, middle - 30 + 19, 52, 600, '#FFFFFF');
  const left = MARGIN + 2 * radius + 28;
  const width = INNER - CODE_CARD - 2 * radius - 28 - 40;
  const [nameLine = ''] = pen.lines(name, width, 1, 44, 600);
  pen.write(nameLine, left, middle - 42, 44, 600, INK);
  const [storeLine = ''] = pen.lines(pen.clean(content.storeName), width - 3 * 32, 1, 32, 400);
  const end = left + pen.write(storeLine, left, middle + 10, 32, 400, PINE);
  pen.write('推荐', end + 14, middle + 10, 32, 400, PINE);
  pen.write('长按识别小程序码，看详情', MARGIN, top + CODE_CARD - 14, 32, 400, INK_2);
}

/** Paper, words and the places of picture and code. Takes some 10 ms of the event loop; the rest is done by sharp. */
export function drawPoster(content: PosterContent, hasPicture: boolean, fonts: PosterFonts): Drawing {
  // Measured before the height is known.
  const ruler = new Pen(createCanvas(8, 8).getContext('2d'), fonts);
  const { product } = content;
  const title = hasPicture && product ? ruler.lines(ruler.clean(product.title), INNER, 2, TITLE.size, 600) : [];
  const titleTop = HERO.top + HERO.height + 44;
  const priceTop = titleTop + title.length * TITLE.line + (title.length > 0 ? 8 : 0);
  const ruleTop = product ? priceTop + 100 + 28 : HERO.top + HERO.height + 44;
  const footTop = product ? ruleTop + 36 : ruleTop;
  const height = footTop + CODE_CARD + MARGIN;
  const canvas = createCanvas(WIDTH, height);
  const context = canvas.getContext('2d');
  const pen = new Pen(context, fonts);
  context.fillStyle = PAPER;
  context.fillRect(0, 0, WIDTH, height);
  if (!hasPicture) drawHeading(pen, content);
  title.forEach((line, index) => {
    pen.write(line, MARGIN, titleTop + index * TITLE.line + 56, TITLE.size, 600, INK);
  });
  if (product) drawGoodsLine(pen, product, priceTop + 84, hasPicture, ruleTop);
  drawGuide(pen, content, footTop);
  const cardLeft = WIDTH - MARGIN - CODE_CARD;
  context.fillStyle = '#FFFFFF';
  context.strokeStyle = LINE;
  context.lineWidth = 2;
  context.beginPath();
  context.roundRect(cardLeft, footTop, CODE_CARD, CODE_CARD, 28);
  context.fill();
  context.stroke();
  return { canvas, height, code: { left: cardLeft + CODE_PADDING, top: footTop + CODE_PADDING } };
}

/** The price, the brand at the other end of its line, and a hairline below. */
function drawGoodsLine(
  pen: Pen,
  product: NonNullable<PosterContent['product']>,
  baseline: number,
  withBrand: boolean,
  ruleTop: number,
): void {
  const end = drawPrice(pen, product, MARGIN, baseline);
  const room = WIDTH - MARGIN - end - 48;
  const brand = withBrand ? pen.clean(product.brandName) : '';
  const [line = ''] = room > 120 ? pen.lines(brand, room, 1, 34, 400) : [];
  pen.write(line, WIDTH - MARGIN - pen.width(line, 34, 400), baseline, 34, 400, INK_2);
  pen.context.fillStyle = LINE;
  pen.context.fillRect(MARGIN, ruleTop, INNER, 2);
}
