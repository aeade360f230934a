import { Module } from '@nestjs/common';
import { PosterFiles } from './poster-files.js';
import { PosterFonts } from './poster-fonts.js';
import { Posters } from './posters.js';
import { ProductPictures } from './product-pictures.js';
import { RenderPoster } from './render-poster.js';

/** How a poster looks and where it is kept. What is on it, the share links say. */
@Module({ providers: [PosterFiles, PosterFonts, Posters, ProductPictures, RenderPoster], exports: [Posters] })
export class PostersModule {}
