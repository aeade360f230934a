import type { Tint } from './demo-tints.js';

/** Pictures are drawn as 4:5; the square for lists is cut from the middle. */
export const SCENE = { width: 800, height: 1_000, squareTop: 100 } as const;
const HORIZON = 640;

/** Where an object stands: centre, the line it stands on, and the box it must fit, in pixels of the scene. */
export interface Place {
  x: number;
  floor: number;
  size: number;
}

const ONE: readonly Place[] = [{ x: 400, floor: 750, size: 460 }];
const TWO: readonly Place[] = [
  { x: 362, floor: 736, size: 440 },
  { x: 618, floor: 796, size: 206 },
];
const THREE: readonly Place[] = [
  { x: 400, floor: 728, size: 430 },
  { x: 652, floor: 792, size: 190 },
  { x: 160, floor: 806, size: 170 },
];

/** Places for the product and its companions; companions stand in front, to the sides. */
export function placesFor(objects: number): readonly Place[] {
  return objects <= 1 ? ONE : objects === 2 ? TWO : THREE;
}

/** A wall, a disc of light behind the product, and a table. */
export function groundSvg({ light, deep, table }: Tint): string {
  const { width, height } = SCENE;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
  <defs>
    <linearGradient id="wall" x1="0" y1="0" x2="0.25" y2="1">
      <stop offset="0" stop-color="${light}"/><stop offset="1" stop-color="${deep}"/>
    </linearGradient>
    <linearGradient id="table" x1="0" y1="0" x2="0" y2="1">
      <stop offset="0" stop-color="${table}"/><stop offset="0.6" stop-color="${deep}"/>
      <stop offset="1" stop-color="${deep}"/>
    </linearGradient>
    <radialGradient id="light"><stop offset="0" stop-color="#fff" stop-opacity="0.9"/>
      <stop offset="0.7" stop-color="#fff" stop-opacity="0.4"/><stop offset="1" stop-color="#fff" stop-opacity="0.26"/>
    </radialGradient>
  </defs>
  <rect width="${width}" height="${height}" fill="url(#wall)"/>
  <circle cx="400" cy="${HORIZON - 150}" r="312" fill="url(#light)"/>
  <rect y="${HORIZON}" width="${width}" height="${height - HORIZON}" fill="url(#table)"/>
</svg>`;
}

/** Contact shadows, one under each object. */
export function shadowsSvg(shadows: readonly { x: number; y: number; width: number }[]): string {
  const ellipses = shadows.map(
    ({ x, y, width }) =>
      `<ellipse cx="${x}" cy="${y}" rx="${Math.round(width * 0.56)}" ry="${Math.round(width * 0.1)}" fill="url(#s)"/>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${SCENE.width}" height="${SCENE.height}"><defs>
    <radialGradient id="s"><stop offset="0" stop-color="#3A2A18" stop-opacity="0.46"/>
      <stop offset="0.5" stop-color="#3A2A18" stop-opacity="0.2"/><stop offset="1" stop-color="#3A2A18" stop-opacity="0"/>
    </radialGradient></defs>${ellipses.join('')}</svg>`;
}
