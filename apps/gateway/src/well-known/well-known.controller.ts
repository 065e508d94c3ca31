import { type ApiAnswer, gateway, media } from '@mpics/contracts'
import { DAY_MS } from '@mpics/contracts/durations'
import { Clock } from '@mpics/service-kit'
import { Controller, Get, Header, Redirect } from '@nestjs/common'
import { GatewayConfig } from '../config.js'
import { ServedHere } from '../routes/served-here.js'

const PICTURES = ['thumb', 'small', 'large'] satisfies (typeof media.renditionName.options)[number][]

/** Pages of links in mails. */
const LINKS = [
  '/verify-email',
  '/reset-password',
  '/confirm-email',
  '/confirm-factor-recovery',
  '/cancel-factor-recovery',
]

@Controller()
export class WellKnownController {
  constructor(
    private readonly config: GatewayConfig,
    private readonly clock: Clock,
  ) {}

  /**
   * Search engines may read pages and their pictures, but neither the data of the API nor pages that take a token. RFC 9309 goes by
   * the longest rule that fits; older programs go by the first, and know no `*`: they may read the data of photos, too.
   */
  @Get('/robots.txt')
  @Header('content-type', 'text/plain; charset=utf-8')
  @Header('cache-control', 'public, max-age=86400')
  robots(): string {
    const open = [...PICTURES.map((name) => `/v1/photos/*/${name}`), '/v1/photos/']
    const closed = [
      '/v1/photos/*-',
      '/v1/',
      '/unsubscribe/',
      '/lock-objection',
      '/confirm-email',
      '/freeze-email',
      ...LINKS,
    ]
    const rules = [...open.map((path) => `Allow: ${path}`), ...closed.map((path) => `Disallow: ${path}`)]
    const sitemap = new URL('/sitemap.xml', this.config.PUBLIC_URL).href
    return `User-agent: *\n${rules.join('\n')}\n\nSitemap: ${sitemap}\n`
  }

  /** RFC 9116 wants an expiry; it moves with the day, so that nobody has to renew it. */
  @Get('/.well-known/security.txt')
  @Header('content-type', 'text/plain; charset=utf-8')
  @Header('cache-control', 'public, max-age=86400')
  security(): string {
    const expires = new Date(Math.floor(this.clock.now().getTime() / DAY_MS) * DAY_MS + 180 * DAY_MS)
    const lines = {
      Contact: this.config.GATEWAY_SECURITY_CONTACT,
      Expires: expires.toISOString(),
      'Preferred-Languages': 'en',
      Canonical: new URL('/.well-known/security.txt', this.config.PUBLIC_URL).href,
    }
    return Object.entries(lines)
      .map(([name, value]) => `${name}: ${value}\n`)
      .join('')
  }

  /** Global Privacy Control §4: a statement, which says nothing of who asks. */
  @ServedHere(gateway.getPrivacyControl)
  privacyControl(): ApiAnswer<typeof gateway.getPrivacyControl> {
    return { gpc: true, lastUpdate: '2026-11-29' }
  }

  /** Password managers send their users here (W3C, A Well-Known URL for Changing Passwords). */
  @Get('/.well-known/change-password')
  @Redirect('/reset-password', 302)
  changePassword(): void {}
}
