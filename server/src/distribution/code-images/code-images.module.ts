import { Module } from '@nestjs/common';
import { CodeImages } from './code-images.js';

/** Needs the global WechatModule. */
@Module({ providers: [CodeImages], exports: [CodeImages] })
export class CodeImagesModule {}
