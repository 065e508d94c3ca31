import { type ApiInput, gateway } from '@mpics/contracts'
import { Input } from '@mpics/service-kit'
import { Controller, Get, Header, HttpCode, Query, Req, Res } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Clients } from '../clients/clients.js'
import { CrossSiteError } from '../clients/cross-site.js'
import { Limits } from '../limits/limits.js'
import { Limited } from '../routes/edge-route.js'
import { ServedHere } from '../routes/served-here.js'
import { RecordPageView, type ShownPage } from './record-page-view.js'
import { visitorCookie, VisitorCookies } from './visitor-cookie.js'

const EMPTY_GIF = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64')

/**
 * `POST /v1/page-views` is the call of the API; the other two serve the site’s own pages. Each view of a page counts once:
 * - The script of a page asks for the cookie, once in the cookie’s life, and posts the view.
 * - A browser without scripts loads the picture in the page’s `<noscript>`.
 * - Any other program gets a page with neither, and the server counts the view when it serves the page (see `pages/`).
 */
@Controller()
export class PageViewsController {
  constructor(
    private readonly clients: Clients,
    private readonly cookies: VisitorCookies,
    private readonly recordPageView: RecordPageView,
    private readonly limits: Limits,
  ) {}

  @ServedHere(gateway.recordPageView)
  async post(
    @Input() { body }: ApiInput<typeof gateway.recordPageView>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const { page, referrer, views } = body
    if (views) await this.postAll(views, request, reply)
    else await this.recordPageView.execute({ page: page!, referrer }, 'posted', request)
    this.giveCookie(request, reply)
  }

  /** A browser that has its cookie now caches this answer for as long as the cookie lives, and so asks once; on a shared computer nothing is cached. */
  @Get('/v1/page-views/cookie')
  @HttpCode(204)
  @Limited('page-view')
  cookie(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): void {
    const given = this.giveCookie(request, reply)
    const { cookie } = request.headers
    const isKept = !this.cookies.endsWithBrowser(cookie) && (given || this.cookies.browserIdOf(cookie) !== null)
    reply.header('cache-control', isKept ? `private, max-age=${visitorCookie.maxAgeSeconds}` : 'no-store')
  }

  /** Refuses other sites, which could count views by showing this picture. */
  @Get('/v1/page-views/noscript.gif')
  @Header('cache-control', 'no-store')
  @Header('content-type', 'image/gif')
  @Limited('page-view')
  async noscript(
    @Query('page') page: unknown,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Buffer> {
    if (request.headers['sec-fetch-site'] !== 'same-origin') throw new CrossSiteError()
    if (request.method === 'GET') {
      await this.recordPageView.execute({ page: String(page) }, 'posted', request)
      this.giveCookie(request, reply)
    }
    return EMPTY_GIF
  }

  /** The request has taken from the limit once. */
  private async postAll(views: readonly ShownPage[], request: FastifyRequest, reply: FastifyReply): Promise<void> {
    this.limits.charge('page-view', this.clients.limitKeyOf(request), reply, views.length - 1)
    await this.recordPageView.executeAll(views, 'posted', request)
  }

  private giveCookie(request: FastifyRequest, reply: FastifyReply): boolean {
    const visitor = { cookies: request.headers.cookie, ipPrefix: this.clients.prefixOf(request) }
    const setCookie = this.cookies.setCookieFor(visitor)
    if (setCookie !== undefined) reply.header('set-cookie', setCookie)
    return setCookie !== undefined
  }
}
