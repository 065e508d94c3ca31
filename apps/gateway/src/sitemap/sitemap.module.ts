import { Module } from '@nestjs/common'
import { PublicPages } from './public-pages.js'
import { SitemapController } from './sitemap.controller.js'

@Module({ controllers: [SitemapController], providers: [PublicPages] })
export class SitemapModule {}
