import { join } from 'node:path';
import type { OverlayOptions, Sharp } from 'sharp';
import type { Tint } from './demo-tints.js';
import { groundSvg, type Place, placesFor, SCENE, shadowsSvg } from './still-life.js';

export type SharpFactory = typeof import('sharp')['default'];

export interface StillLife {
  tint: Tint;
  /** File names of the objects without ending; the first is the product. */
  art: readonly string[];
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

const CLEAR = { r: 0, g: 0, b: 0, alpha: 0 };
const SHADOW = { r: 74, g: 53, b: 32 };
/** The objects come in toy colours; a quiet shop takes the edge off. */
const CALM = { saturation: 0.74, brightness: 1.02 };
/** Shadows are blurred small and enlarged: nobody sees the difference, and it is sixteen times less work. */
const SHADOW_SCALE = 4;
const MARGIN = 48;

async function pixelsOf(image: Sharp): Promise<Pixels> {
  const { data, info } = await image.ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

const rawOf = ({ width, height }: Pixels) => ({ raw: { width, height, channels: 4 as const } });

async function stand(sharp: SharpFactory, file: string, place: Place): Promise<Standing> {
  // The drawings have uneven margins; trimmed, they can stand on one floor.
  const trimmed = await pixelsOf(sharp(file).trim({ background: CLEAR, threshold: 8 }));
  const sized = sharp(trimmed.data, rawOf(trimmed)).resize(place.size, place.size, { fit: 'inside' }).modulate(CALM);
  const pixels = await pixelsOf(sized);
  const left = Math.round(place.x - pixels.width / 2);
  return { ...pixels, place, left, top: Math.round(place.floor - pixels.height) };
}

/** The object's own outline as a soft shadow on the wall behind it. */
async function wallShadow(sharp: SharpFactory, object: Standing): Promise<OverlayOptions> {
  const small = await pixelsOf(
    sharp(object.data, rawOf(object)).resize(
      Math.ceil(object.width / SHADOW_SCALE),
      Math.ceil(object.height / SHADOW_SCALE),
      {
        fit: 'fill',
      },
    ),
  );
  for (let at = 0; at < small.data.length; at += 4) {
    small.data.set([SHADOW.r, SHADOW.g, SHADOW.b, Math.round((small.data[at + 3] ?? 0) * 0.24)], at);
  }
  const margin = MARGIN / SHADOW_SCALE;
  const framed = await pixelsOf(
    sharp(small.data, rawOf(small)).extend({
      top: margin,
      bottom: margin,
      left: margin,
      right: margin,
      background: { ...SHADOW, alpha: 0 },
    }),
  );
  const soft = await pixelsOf(sharp(framed.data, rawOf(framed)).blur(4.5));
  const size = { width: object.width + 2 * MARGIN, height: object.height + 2 * MARGIN };
  const large = await pixelsOf(sharp(soft.data, rawOf(soft)).resize(size.width, size.height, { fit: 'fill' }));
  return layer(large, object.left - MARGIN + 18, object.top - MARGIN + 12);
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
  async paint({ tint, art }: StillLife): Promise<{ hero: Buffer; card: Buffer }> {
    const places = placesFor(art.length);
    const objects = await Promise.all(
      places.map((place, index) => stand(this.sharp, join(this.folder, `${art[index] ?? art[0]}.webp`), place)),
    );
    const outlines = await Promise.all(objects.map((object) => wallShadow(this.sharp, object)));
    const contacts = objects.map(({ place, width }) => ({ x: place.x + 6, y: place.floor - 4, width }));
    const ground = await this.groundOf(tint);
    const scene = await pixelsOf(
      this.sharp(ground.data, rawOf(ground)).composite([
        ...outlines,
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
