export { type CodeImageRequest, CodeImages, imageTypeOf } from './code-images.js';
export { CodeImagesModule } from './code-images.module.js';
