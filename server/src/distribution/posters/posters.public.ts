export type { PosterContent } from './poster-content.js';
export { type Poster, Posters } from './posters.js';
export { PostersModule } from './posters.module.js';
