import { NotFoundError } from '@mpics/service-kit'
import { Controller, Get, Param, Res } from '@nestjs/common'
import type { FastifyReply } from 'fastify'
import { GatewayConfig } from '../config.js'
import { type Kind, kinds, PublicPages, type PublicPage } from './public-pages.js'
import { sitemapIndex, urlSet } from './sitemap-xml.js'

/** The protocol allows 50,000 addresses and 50 MB in a file. */
const PER_FILE = 10_000

const FIXED: readonly PublicPage[] = [
  '/',
  '/explore',
  '/policies/privacy',
  '/policies/terms',
  '/privacy/cookies',
  '/help/cookies',
  '/docs',
  '/docs/events',
].map((path) => ({ path }))

const NAME = /^(photos|people)-([1-9]\d{0,3})\.xml$/

/** Tells search engines the pages that everybody may see; robots.txt names it. */
@Controller()
export class SitemapController {
  constructor(
    private readonly config: GatewayConfig,
    private readonly pages: PublicPages,
  ) {}

  @Get('/sitemap.xml')
  async index(@Res() reply: FastifyReply): Promise<void> {
    const files = await Promise.all(kinds.map(async (kind) => filesOf(kind, await this.pages.of(kind))))
    await this.send(reply, sitemapIndex(['/sitemaps/site.xml', ...files.flat()], this.config.PUBLIC_URL))
  }

  @Get('/sitemaps/:file')
  async file(@Param('file') file: string, @Res() reply: FastifyReply): Promise<void> {
    const found = file === 'site.xml' ? FIXED : await this.part(file)
    await this.send(reply, urlSet(found, this.config.PUBLIC_URL))
  }

  private async part(file: string): Promise<readonly PublicPage[]> {
    const [, kind, number] = NAME.exec(file) ?? []
    if (!kind) throw new NotFoundError()
    const end = Number(number) * PER_FILE
    const found = (await this.pages.of(kind as Kind)).slice(end - PER_FILE, end)
    if (found.length === 0) throw new NotFoundError()
    return found
  }

  private async send(reply: FastifyReply, xml: string): Promise<void> {
    await reply
      .headers({
        'content-type': 'application/xml; charset=utf-8',
        'cache-control': `public, max-age=${this.pages.secondsLeft()}`,
      })
      .send(xml)
  }
}

const filesOf = (kind: Kind, pages: readonly PublicPage[]): string[] =>
  Array.from({ length: Math.ceil(pages.length / PER_FILE) }, (_, at) => `/sitemaps/${kind}-${at + 1}.xml`)
