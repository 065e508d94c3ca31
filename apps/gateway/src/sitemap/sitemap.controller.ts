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
  private readonly written = new WeakMap<readonly PublicPage[], Map<number, string>>()

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
    const [, kind, number] = NAME.exec(file) ?? []
    if (kind) return this.send(reply, this.part(await this.pages.of(kind as Kind), Number(number)))
    if (file !== 'site.xml') throw new NotFoundError()
    await this.send(reply, this.part(FIXED, 1))
  }

  /** Lists never change, so each of their files is written once. */
  private part(list: readonly PublicPage[], number: number): string {
    const end = number * PER_FILE
    if (list.length <= end - PER_FILE) throw new NotFoundError()
    const files = this.written.get(list) ?? new Map<number, string>()
    const xml = files.get(number) ?? urlSet(list.slice(end - PER_FILE, end), this.config.PUBLIC_URL)
    this.written.set(list, files.set(number, xml))
    return xml
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
