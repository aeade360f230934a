import { domSelector } from '../../protocol/selectors.js';
import { asCanvasNode } from '../../view/canvas-node.js';
import { pictureAddress } from '../picture-address.js';
import { type Api, answeringAll, type CallOptions, Refusal, textIn } from './answer.js';
import type { WxContext } from './context.js';
import type { PhoneFiles } from './files.js';

/** The path of the picture on the phone: pictures from elsewhere are loaded first. */
async function onPhone({ bridge, session }: WxContext, source: string): Promise<string> {
  if (!/^https?:/.test(source) || /^https?:\/\/(tmp|usr)\//.test(source)) return source;
  const { status, path } = session.online ? await bridge.download(source) : { status: 0, path: null };
  if (path === null || status !== 200) throw new Refusal('download image fail');
  return path;
}

/** An address from which a canvas may take the picture and still be read. */
export async function fetchPicture(context: WxContext, source: string): Promise<string> {
  return pictureAddress(await onPhone(context, source), context.options.rewrites);
}

async function sizeOf(address: string): Promise<{ width: number; height: number }> {
  const picture = new Image();
  picture.src = address;
  await picture.decode().catch(() => {
    throw new Refusal('image not found');
  });
  return { width: picture.naturalWidth, height: picture.naturalHeight };
}

const typeOf = (path: string) => (/\.(\w+)$/.exec(path)?.[1] ?? 'unknown').replace('jpg', 'jpeg');
const numberIn = (options: CallOptions, name: string, usual: number) => Number(options[name] ?? usual);

function canvasOf({ router }: WxContext, options: CallOptions): HTMLCanvasElement {
  if (options.canvas) return options.canvas as HTMLCanvasElement;
  const selector = `canvas[canvas-id="${textIn(options, 'canvasId')}"]`;
  const found = router.top?.view?.window.document.querySelector<HTMLCanvasElement>(`${domSelector(selector)} > canvas`);
  if (!found) throw new Refusal('canvas is empty');
  return found;
}

/** The piece of the canvas that is wanted, in the size that is wanted. */
function pieceOf(canvas: HTMLCanvasElement, options: CallOptions): HTMLCanvasElement {
  const x = numberIn(options, 'x', 0);
  const y = numberIn(options, 'y', 0);
  const width = numberIn(options, 'width', canvas.width - x);
  const height = numberIn(options, 'height', canvas.height - y);
  const piece = document.createElement('canvas');
  piece.width = numberIn(options, 'destWidth', width);
  piece.height = numberIn(options, 'destHeight', height);
  piece.getContext('2d')?.drawImage(canvas, x, y, width, height, 0, 0, piece.width, piece.height);
  return piece;
}

export function pictures(context: WxContext, files: PhoneFiles): Api {
  return {
    ...answeringAll(context.faults, {
      getImageInfo: async (options) => {
        const path = await onPhone(context, textIn(options, 'src'));
        const size = await sizeOf(pictureAddress(path, context.options.rewrites));
        return { path, ...size, type: typeOf(path), orientation: 'up' };
      },
      canvasToTempFilePath: (options) => {
        const isJpeg = options.fileType === 'jpg';
        const address = pieceOf(canvasOf(context, options), options).toDataURL(
          isJpeg ? 'image/jpeg' : 'image/png',
          numberIn(options, 'quality', 1),
        );
        const bytes = Uint8Array.from(atob(address.split(',')[1]), (letter) => letter.charCodeAt(0));
        return { tempFilePath: files.keep(bytes, isJpeg ? 'jpg' : 'png') };
      },
    }),
    createOffscreenCanvas: ({ width = 300, height = 150, type = 'webgl' }: Record<string, number | string> = {}) => {
      if (type !== '2d') throw new Error(`createOffscreenCanvas: ${type} is not implemented by this host`);
      const canvas = asCanvasNode(document.createElement('canvas'), (source) => fetchPicture(context, source));
      return Object.assign(canvas, { width: Number(width), height: Number(height) });
    },
  };
}
