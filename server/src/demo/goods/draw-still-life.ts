import { join } from 'node:path';
import type { OverlayOptions, Sharp } from 'sharp';
import type { Tint } from './demo-tints.js';
import { groundSvg, type Place, placesFor, SCENE, shadowsSvg } from './still-life.js';

export type SharpFactory = typeof import('sharp')['default'];

export interface StillLife {
  tint: Tint;
  /** File names of the objects without ending; the first is the product. */
  art: readonly string[];
  /** Degrees by which the product's colours are turned. */
  hue: number;
}

/** Pixels as they are in memory: packing them between steps would cost more than drawing. */
interface Pixels {
  data: Buffer;
  width: number;
  height: number;
}

interface Standing extends Pixels {
  place: Place;
  left: number;
  top: number;
}

const SHADOW = { r: 74, g: 53, b: 32, opacity: 0.26, right: 18, down: 12 };
/** The objects come in toy colours; a quiet shop takes the edge off. */
const CALM = { saturation: 0.72, brightness: 1.02 };
/** Shadows are blurred small and enlarged: nobody sees the difference, and it is sixteen times less work. */
const SMALL = 4;

async function pixelsOf(image: Sharp): Promise<Pixels> {
  const { data, info } = await image.ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

const rawOf = ({ width, height }: Pixels) => ({ raw: { width, height, channels: 4 as const } });

/** The box of what can be seen: the drawings have uneven margins, and without them they can stand on one floor. */
function boundsOf({ data, width, height }: Pixels): { left: number; top: number; width: number; height: number } {
  let [left, top, right, bottom] = [width, height, 0, 0];
  for (let at = 0; at < width * height; at += 1) {
    if ((data[at * 4 + 3] ?? 0) < 24) continue;
    const [x, y] = [at % width, Math.floor(at / width)];
    [left, top, right, bottom] = [Math.min(left, x), Math.min(top, y), Math.max(right, x), Math.max(bottom, y)];
  }
  return { left, top, width: right - left + 1, height: bottom - top + 1 };
}

async function stand(sharp: SharpFactory, file: string, place: Place, hue: number): Promise<Standing> {
  const drawing = await pixelsOf(sharp(file).modulate({ ...CALM, hue }));
  const cut = sharp(drawing.data, rawOf(drawing)).extract(boundsOf(drawing));
  const pixels = await pixelsOf(cut.resize(place.size, place.size, { fit: 'inside' }));
  const left = Math.round(place.x - pixels.width / 2);
  return { ...pixels, place, left, top: Math.round(place.floor - pixels.height) };
}

/** The objects' own outlines as one soft shadow on the wall behind them. */
async function wallShadow(sharp: SharpFactory, objects: readonly Standing[]): Promise<OverlayOptions> {
  const [width, height] = [SCENE.width / SMALL, SCENE.height / SMALL];
  const small: Pixels = { data: Buffer.alloc(width * height * 4), width, height };
  for (let at = 0; at < small.data.length; at += 4) small.data.set([SHADOW.r, SHADOW.g, SHADOW.b, 0], at);
  for (const object of objects) {
    for (let y = 0; y < object.height; y += SMALL) {
      for (let x = 0; x < object.width; x += SMALL) {
        const alpha = Math.round((object.data[(y * object.width + x) * 4 + 3] ?? 0) * SHADOW.opacity);
        const toX = Math.floor((object.left + x + SHADOW.right) / SMALL);
        const toY = Math.floor((object.top + y + SHADOW.down) / SMALL);
        const to = (toY * width + toX) * 4 + 3;
        if (toX >= 0 && toX < width && toY >= 0 && toY < height) small.data[to] = Math.max(alpha, small.data[to] ?? 0);
      }
    }
  }
  const soft = await pixelsOf(sharp(small.data, rawOf(small)).blur(4.5));
  return layer(
    await pixelsOf(sharp(soft.data, rawOf(soft)).resize(SCENE.width, SCENE.height, { fit: 'fill', kernel: 'linear' })),
    0,
    0,
  );
}

function layer(pixels: Pixels, left: number, top: number): OverlayOptions {
  return { input: pixels.data, ...rawOf(pixels), left, top };
}

/** Draws grounds once a tint, and still lifes on them. */
export class StillLifePainter {
  private readonly grounds = new Map<Tint, Promise<Pixels>>();

  constructor(
    private readonly sharp: SharpFactory,
    private readonly folder: string,
  ) {}

  /** The 4:5 picture, and the square cut from its middle, as WebP. */
  async paint({ tint, art, hue }: StillLife): Promise<{ hero: Buffer; card: Buffer }> {
    const objects = await Promise.all(
      placesFor(art.length).map((place, index) =>
        stand(this.sharp, join(this.folder, `${art[index] ?? art[0]}.webp`), place, index === 0 ? hue : 0),
      ),
    );
    const contacts = objects.map(({ place, width }) => ({ x: place.x + 6, y: place.floor - 4, width }));
    const ground = await this.groundOf(tint);
    const scene = await pixelsOf(
      this.sharp(ground.data, rawOf(ground)).composite([
        await wallShadow(this.sharp, objects),
        { input: Buffer.from(shadowsSvg(contacts)) },
        ...objects.map((object) => layer(object, object.left, object.top)),
      ]),
    );
    const { width, squareTop } = SCENE;
    const square = { left: 0, top: squareTop, width, height: width };
    return {
      hero: await this.webp(this.sharp(scene.data, rawOf(scene))),
      card: await this.webp(this.sharp(scene.data, rawOf(scene)).extract(square)),
    };
  }

  private webp(image: Sharp): Promise<Buffer> {
    return image.removeAlpha().webp({ quality: 82, effort: 1 }).toBuffer();
  }

  private groundOf(tint: Tint): Promise<Pixels> {
    const known = this.grounds.get(tint) ?? pixelsOf(this.sharp(Buffer.from(groundSvg(tint))));
    this.grounds.set(tint, known);
    return known;
  }
}
