import { Module } from '@nestjs/common';
import { UrlLinks } from './url-links.js';

/** Needs the global WechatModule. */
@Module({ providers: [UrlLinks], exports: [UrlLinks] })
export class UrlLinksModule {}
