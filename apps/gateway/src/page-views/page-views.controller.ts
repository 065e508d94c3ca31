import { type ApiInput, recordPageView } from '@mpics/contracts'
import { Input } from '@mpics/service-kit'
import { Controller, Get, Header, HttpCode, Query, Req, Res } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { GatewayConfig } from '../config.js'
import { CrossSiteError } from '../clients/cross-site.js'
import { Limited } from '../routes/edge-route.js'
import { ServedHere } from '../routes/served-here.js'
import { RecordPageView } from './record-page-view.js'
import { browserIdOf, newBrowserId, visitorCookie, visitorSetCookie } from './visitor-cookie.js'

const EMPTY_GIF = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64')

/**
 * Views of pages. The call of the API is `POST /v1/page-views`; the other two serve the site’s own pages, each of which
 * is counted once:
 * - A browser with scripts gets a page whose script asks for the cookie, once in the cookie’s life, and posts the view.
 * - A browser without scripts loads the picture in the page’s `<noscript>`, which counts as the server’s own counting does.
 * - Any other program gets a page without either, and the server counts when it serves it (see `pages/`).
 */
@Controller()
export class PageViewsController {
  constructor(
    private readonly config: GatewayConfig,
    private readonly recordPageView: RecordPageView,
  ) {}

  @ServedHere(recordPageView)
  async post(
    @Input() { body }: ApiInput<typeof recordPageView>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.recordPageView.execute(body.page, body.referrer, 'posted', request)
    this.giveCookie(request, reply)
  }

  /** Cached by the browser for as long as the cookie lives, so that it is asked for once. */
  @Get('/v1/page-views/cookie')
  @HttpCode(204)
  @Header('cache-control', `private, max-age=${visitorCookie.maxAgeSeconds}`)
  @Limited('page-view')
  cookie(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): void {
    this.giveCookie(request, reply)
  }

  /** Other sites must not count views by showing this picture. */
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
    await this.recordPageView.execute(String(page), undefined, 'posted', request)
    this.giveCookie(request, reply)
    return EMPTY_GIF
  }

  private giveCookie(request: FastifyRequest, reply: FastifyReply): void {
    if (browserIdOf(request.headers.cookie) === null)
      reply.header('set-cookie', visitorSetCookie(newBrowserId(), this.config.secure))
  }
}
