import { Injectable, Logger } from '@nestjs/common';
import sharp, { type OverlayOptions } from 'sharp';
import { CODE_SIZE, drawPoster, HERO, WIDTH } from './draw-poster.js';
import type { PosterContent } from './poster-content.js';
import { PosterFonts } from './poster-fonts.js';

/** What chats show at once; a photograph of a whole wall of leaves needs the lower qualities. */
const MOST_BYTES = 300_000;
const QUALITIES = [86, 76, 64, 50, 36] as const;
const MOST_PIXELS = 60_000_000;
const MOST_SECONDS = 5;

const CORNERS = Buffer.from(
  `<svg width="${HERO.width}" height="${HERO.height}"><rect width="${HERO.width}" height="${HERO.height}" rx="${HERO.radius}"/></svg>`,
);

/** Makes a poster's JPEG. Decoding, scaling and compressing run on libvips' threads, beside the event loop. */
@Injectable()
export class RenderPoster {
  private readonly logger = new Logger(RenderPoster.name);

  constructor(private readonly fonts: PosterFonts) {}

  /** @param picture as uploaded: JPEG, PNG, WebP, AVIF, GIF or SVG; null or unreadable: the words stand in for it */
  async execute(content: PosterContent, picture: Buffer | null, code: Buffer): Promise<Buffer> {
    const hero = picture === null ? null : await this.hero(picture);
    const drawing = drawPoster(content, hero !== null, this.fonts);
    const square = await sharp(code).resize(CODE_SIZE, CODE_SIZE, { kernel: 'lanczos3' }).png().toBuffer();
    const layers: OverlayOptions[] = [{ input: square, ...drawing.code }];
    if (hero !== null) layers.push({ input: hero, left: HERO.left, top: HERO.top });
    const raw = { width: WIDTH, height: drawing.height, channels: 4 } as const;
    const whole = await sharp(drawing.canvas.data(), { raw }).composite(layers).removeAlpha().raw().toBuffer();
    return compress(whole, drawing.height);
  }

  private async hero(picture: Buffer): Promise<Buffer | null> {
    try {
      return await sharp(picture, { limitInputPixels: MOST_PIXELS, failOn: 'error' })
        .timeout({ seconds: MOST_SECONDS })
        .autoOrient()
        .resize(HERO.width, HERO.height, { fit: 'cover', position: 'centre' })
        // What is cut out (goods on no ground) stands on white, as in the shop.
        .flatten({ background: '#FFFFFF' })
        .composite([{ input: CORNERS, blend: 'dest-in' }])
        .png({ compressionLevel: 1 })
        .toBuffer();
    } catch (error) {
      this.logger.warn({ message: 'a product picture cannot be read for a poster', error: String(error) });
      return null;
    }
  }
}

async function compress(pixels: Buffer, height: number): Promise<Buffer> {
  const raw = { width: WIDTH, height, channels: 3 } as const;
  let smallest = Buffer.alloc(0);
  for (const quality of QUALITIES) {
    smallest = await sharp(pixels, { raw })
      .jpeg({ quality, chromaSubsampling: quality > 80 ? '4:4:4' : '4:2:0' })
      .toBuffer();
    if (smallest.length <= MOST_BYTES) break;
  }
  return smallest;
}
