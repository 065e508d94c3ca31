import { NotFoundError } from '@mpics/service-kit'
import { Controller, Get, Param, Query, Res } from '@nestjs/common'
import type { FastifyReply } from 'fastify'
import { GatewayConfig } from '../config.js'
import { PartStarts } from './part-starts.js'
import { type Kind, kinds, PublicPages, type PublicPage } from './public-pages.js'
import { sitemapIndex, urlSet } from './sitemap-xml.js'

const CACHED_FOR_S = 600

const pagesAt = (...paths: string[]): PublicPage[] => paths.map((path) => ({ path }))

const SITE = pagesAt(
  '/',
  '/explore',
  '/policies/privacy',
  '/policies/terms',
  '/privacy/cookies',
  '/privacy/inventory',
  '/help/cookies',
  '/help/counting',
  '/docs',
  '/docs/events',
)

/** The schema of the protocol wants an address in each file, and a list may be empty. */
const ALWAYS: Record<Kind, PublicPage[]> = { photos: pagesAt('/explore'), people: pagesAt('/') }

const FILE = /^(photos|people)\.xml$/

/** Tells search engines the pages that everybody may see; robots.txt names it. Each file is one call to one service. */
@Controller()
export class SitemapController {
  constructor(
    private readonly config: GatewayConfig,
    private readonly pages: PublicPages,
    private readonly starts: PartStarts,
  ) {}

  @Get('/sitemap.xml')
  async index(@Res() reply: FastifyReply): Promise<void> {
    const lists = kinds.flatMap((kind) => [
      `/sitemaps/${kind}.xml`,
      ...this.starts.of(kind).map((start) => `/sitemaps/${kind}.xml?from=${encodeURIComponent(start)}`),
    ])
    await send(reply, sitemapIndex(['/sitemaps/site.xml', ...lists], this.config.PUBLIC_URL))
  }

  @Get('/sitemaps/:file')
  async file(@Param('file') file: string, @Query('from') from: unknown, @Res() reply: FastifyReply): Promise<void> {
    const kind = FILE.exec(file)?.[1] as Kind | undefined
    if (!kind && file !== 'site.xml') throw new NotFoundError()
    const pages = kind ? await this.list(kind, from) : SITE
    await send(reply, urlSet(pages, this.config.PUBLIC_URL))
  }

  private async list(kind: Kind, from: unknown): Promise<PublicPage[]> {
    if (from === undefined) return [...ALWAYS[kind], ...((await this.pages.part(kind))?.pages ?? [])]
    const part = typeof from === 'string' ? await this.pages.part(kind, from) : undefined
    if (!part?.pages.length) throw new NotFoundError()
    return part.pages
  }
}

const send = (reply: FastifyReply, xml: string) =>
  reply
    .headers({
      'content-type': 'application/xml; charset=utf-8',
      'cache-control': `public, max-age=${CACHED_FOR_S}`,
    })
    .send(xml)
