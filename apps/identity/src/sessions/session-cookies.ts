import { Injectable } from '@nestjs/common'
import { Clock } from '@mpics/service-kit'
import { IdentityConfig } from '../config.js'
import { cookieValue, setCookie } from '../cookies/cookies.js'
import type { Session } from './session.js'

const REFRESH = 'mprefresh'
const KNOWN_BROWSER = 'mpbrowser'
const PATH = '/v1/sessions'
/** Tells the gateway that its cookie for counting is to end with the browser as well. */
const SHARED_COMPUTER = { name: 'mpshared', path: '/v1/page-views' }
const KNOWN_BROWSER_SECONDS = 90 * 24 * 60 * 60

/** Hides the refresh token from scripts. Browsers send these cookies only to the calls about sessions. */
@Injectable()
export class SessionCookies {
  private readonly secure: boolean

  constructor(
    config: IdentityConfig,
    private readonly clock: Clock,
  ) {
    this.secure = config.PUBLIC_URL.startsWith('https:')
  }

  refreshTokenIn(header: string | undefined): string | undefined {
    return cookieValue(header, REFRESH)
  }

  knownBrowserIn(header: string | undefined): string | undefined {
    return cookieValue(header, KNOWN_BROWSER)
  }

  /** On a shared computer the cookie ends with the browser. */
  setRefreshToken(token: string, { sharedComputer, idleUntil }: Session): string {
    const seconds = Math.round((idleUntil.getTime() - this.clock.now().getTime()) / 1000)
    const maxAgeSeconds = sharedComputer ? undefined : seconds
    return setCookie(REFRESH, token, { path: PATH, maxAgeSeconds, secure: this.secure })
  }

  setKnownBrowser(value: string): string {
    return setCookie(KNOWN_BROWSER, value, { path: PATH, maxAgeSeconds: KNOWN_BROWSER_SECONDS, secure: this.secure })
  }

  markSharedComputer(): string {
    const { name, path } = SHARED_COMPUTER
    return setCookie(name, '1', { path, secure: this.secure })
  }

  clearAll(): string[] {
    return [REFRESH, KNOWN_BROWSER].map((name) =>
      setCookie(name, '', { path: PATH, maxAgeSeconds: 0, secure: this.secure }),
    )
  }
}
