import { Injectable } from '@nestjs/common'
import { Clock, type CookieKind, cookieValue, setCookie } from '@mpics/service-kit'
import { IdentityConfig } from '../config.js'
import type { Session } from './session.js'

const PATH = '/v1/sessions'
const KNOWN_BROWSER_SECONDS = 90 * 24 * 60 * 60

/** Hides tokens from scripts. Browsers send these cookies only to the calls that need them. */
@Injectable()
export class SessionCookies {
  private readonly refresh: CookieKind
  private readonly knownBrowser: CookieKind
  private readonly shared: CookieKind

  constructor(
    config: IdentityConfig,
    private readonly clock: Clock,
  ) {
    const secure = config.PUBLIC_URL.startsWith('https:')
    this.refresh = { name: 'mprefresh', path: PATH, secure }
    this.knownBrowser = { name: 'mpbrowser', path: PATH, secure }
    this.shared = { name: 'mpshared', path: '/v1/page-views', secure }
  }

  refreshTokenIn(header: string | undefined): string | undefined {
    return cookieValue(this.refresh, header)
  }

  knownBrowserIn(header: string | undefined): string | undefined {
    return cookieValue(this.knownBrowser, header)
  }

  /** On a shared computer the cookie ends with the browser. */
  setRefreshToken(token: string, { sharedComputer, idleUntil }: Session): string {
    const seconds = Math.round((idleUntil.getTime() - this.clock.now().getTime()) / 1000)
    return setCookie(this.refresh, token, sharedComputer ? undefined : seconds)
  }

  setKnownBrowser(token: string): string {
    return setCookie(this.knownBrowser, token, KNOWN_BROWSER_SECONDS)
  }

  clearRefreshToken(): string {
    return setCookie(this.refresh, '', 0)
  }

  /**
   * Leaves nothing on a shared computer once its browser is closed: a former owner's token goes, and the gateway lets the
   * browser's id for counting end with the browser. The id stays the same until then (B31).
   */
  ofSharedComputer(header: string | undefined): string[] {
    const former = this.knownBrowserIn(header) === undefined ? [] : [setCookie(this.knownBrowser, '', 0)]
    return [setCookie(this.shared, '1'), ...former]
  }
}
