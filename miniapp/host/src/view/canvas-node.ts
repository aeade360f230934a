/** Gives the address of a copy of the picture that the canvas may read again: the phone asks no other site for leave. */
export type FetchPicture = (source: string) => Promise<string>;

/** What WeChat's canvas has and a browser's has not. */
export interface CanvasNode extends HTMLCanvasElement {
  createImage(): HTMLImageElement;
  requestAnimationFrame(next: FrameRequestCallback): number;
  cancelAnimationFrame(id: number): void;
}

function makeImage(view: Window & typeof globalThis, fetchPicture: FetchPicture): HTMLImageElement {
  const image = new view.Image();
  const own = Object.getOwnPropertyDescriptor(view.HTMLImageElement.prototype, 'src') as PropertyDescriptor;
  let given = '';
  Object.defineProperty(image, 'src', {
    get: () => given,
    set: (source: string) => {
      given = source;
      fetchPicture(source).then(
        (address) => own.set?.call(image, address),
        () => image.dispatchEvent(new view.Event('error')),
      );
    },
  });
  return image;
}

/** Makes a canvas of the browser one of WeChat's. */
export function asCanvasNode(canvas: HTMLCanvasElement, fetchPicture: FetchPicture): CanvasNode {
  const view = canvas.ownerDocument.defaultView as Window & typeof globalThis;
  return Object.assign(canvas, {
    createImage: () => makeImage(view, fetchPicture),
    requestAnimationFrame: (next: FrameRequestCallback) => view.requestAnimationFrame(next),
    cancelAnimationFrame: (id: number) => view.cancelAnimationFrame(id),
  });
}
