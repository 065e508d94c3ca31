import { Module } from '@nestjs/common'
import { PartStarts } from './part-starts.js'
import { PublicPages } from './public-pages.js'
import { SitemapController } from './sitemap.controller.js'

@Module({ controllers: [SitemapController], providers: [PublicPages, PartStarts] })
export class SitemapModule {}
