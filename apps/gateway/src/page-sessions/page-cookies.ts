import { type CookieKind, cookieValue, setCookie } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { GatewayConfig } from '../config.js'
import { visitorCookie } from '../page-views/visitor-cookie.js'

/** What browsers keep of a log-in by page; `Path=/` and no domain, as `__Host-` demands (RFC 6265bis §4.1.3.2). */
export const pageSessionCookie = { name: 'mpsession', path: '/' } as const
/** Ties the forms before a log-in to the browser that was shown them. */
export const formCookie = { name: 'mpform', path: '/log-in' } as const
export const knownBrowserCookie = { name: 'mpbrowser', path: '/log-in', maxAgeSeconds: 90 * 24 * 3600 } as const

const SESSION = /^[0-9a-f]{128}$/
const FORM = /^[0-9a-f]{64}$/

const only = (form: RegExp, value: string | undefined) => (value !== undefined && form.test(value) ? value : undefined)

/** SameSite=Strict, as all cookies of the site: no link on another site is followed in a member’s name. */
@Injectable()
export class PageCookies {
  private readonly session: CookieKind
  private readonly form: CookieKind
  private readonly browser: CookieKind
  private readonly shared: CookieKind

  constructor({ secure }: GatewayConfig) {
    this.session = { ...pageSessionCookie, secure }
    this.form = { ...formCookie, secure }
    this.browser = { name: knownBrowserCookie.name, path: knownBrowserCookie.path, secure }
    this.shared = { name: 'mpshared', path: visitorCookie.path, secure }
  }

  sessionIn(cookies: string | undefined): string | undefined {
    return only(SESSION, cookieValue(this.session, cookies))
  }

  formIn(cookies: string | undefined): string | undefined {
    return only(FORM, cookieValue(this.form, cookies))
  }

  browserTokenIn(cookies: string | undefined): string | undefined {
    return cookieValue(this.browser, cookies)
  }

  setForm(value: string): string {
    return setCookie(this.form, value)
  }

  /** On a shared computer it ends with the browser, which then keeps nothing else either. */
  setSession(secret: string, life: { sharedComputer: boolean; seconds: number }, browserToken?: string): string[] {
    const known = browserToken ? [setCookie(this.browser, browserToken, knownBrowserCookie.maxAgeSeconds)] : []
    const form = setCookie(this.form, '', 0)
    if (!life.sharedComputer) return [setCookie(this.session, secret, life.seconds), form, ...known]
    return [setCookie(this.session, secret), form, setCookie(this.shared, '1'), setCookie(this.browser, '', 0)]
  }

  clearSession(): string {
    return setCookie(this.session, '', 0)
  }
}
