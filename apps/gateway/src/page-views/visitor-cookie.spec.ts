import type { GatewayConfig } from '../config.js'
import { NewVisitors } from './new-visitors.js'
import { randomLetters, VisitorCookies } from './visitor-cookie.js'

const [KEY, OLDER] = ['a'.repeat(40), 'b'.repeat(40)]
const clock = { now: () => new Date('2026-01-31T12:00:00Z') }

const newVisitors = (most: number) =>
  new NewVisitors({ GATEWAY_LIMIT_NEW_BROWSERS: most, GATEWAY_REPLICAS: 2 } as GatewayConfig, clock)
const cookiesWith = (GATEWAY_VISITOR_KEY: string[], secure = false) =>
  new VisitorCookies({ GATEWAY_VISITOR_KEY, secure } as unknown as GatewayConfig, newVisitors(1000))
const cookies = cookiesWith([KEY])

describe('the visitor cookie', () => {
  const values = Array.from({ length: 10_000 }, () => cookies.newBrowserId())

  it('B28.1 B28.2 is alphanumeric, and never given twice', () => {
    expect(values.filter((value) => !/^[A-Za-z0-9]{40}$/.test(value))).toEqual([])
    expect(new Set(values).size).toBe(10_000)
  })

  /** Bits of the likeliest letter at a place: a derived, repeated or rare one would bring the sum down. */
  const bitsAt = (place: number) => {
    const counts = new Map<string, number>()
    for (const value of values) counts.set(value[place]!, (counts.get(value[place]!) ?? 0) + 1)
    return -Math.log2(Math.max(...counts.values()) / values.length)
  }

  it('B28.1 holds 128 random bits or more, as they are measured in what is given', () => {
    const random = Array.from({ length: 24 }, (_, place) => place)
    expect(random.map(bitsAt).reduce((sum, bits) => sum + bits)).toBeGreaterThan(128)
    for (const place of random.slice(1)) {
      const pairs = new Set(values.map((value) => value.slice(place - 1, place + 1)))
      expect(pairs.size).toBeGreaterThan(3_300)
    }
  })

  it('B27.1 is HttpOnly, SameSite, host-only, for one path and a fixed time, and Secure where the site is', () => {
    const given = (secure: boolean) => cookiesWith([KEY], secure).setCookieFor({ cookies: undefined, ipPrefix: null })
    expect(given(true)).toMatch(
      /^__Secure-mpvid=[A-Za-z0-9]{40}; Max-Age=15552000; Path=\/v1\/page-views; HttpOnly; SameSite=Strict; Secure$/,
    )
    expect(given(false)).toMatch(/^mpvid=[A-Za-z0-9]{40}; .*Strict$/)
  })

  it('counts only values that we gave, with the present key or an older one', () => {
    const id = cookies.newBrowserId()
    expect(cookies.browserIdOf(`__gads=x; mpvid=${id}; other=1`)).toBe(id)
    expect(cookiesWith([OLDER, KEY]).browserIdOf(`mpvid=${id}`)).toBe(id)
    for (const foreign of [
      `xmpvid=${id}`,
      'mpvid=short',
      `mpvid=${id}'--`,
      `mpvid=${randomLetters()}${id.slice(24)}`,
      `mpvid=${cookiesWith([OLDER]).newBrowserId()}`,
      undefined,
    ])
      expect(cookies.browserIdOf(foreign)).toBeNull()
  })

  it('B31 keeps its value on a shared computer, and ends with the browser there', () => {
    const id = cookies.newBrowserId()
    const given = (header: string) => cookies.setCookieFor({ cookies: header, ipPrefix: null })
    expect(given(`mpvid=${id}`)).toBeUndefined()
    expect(given(`mpvid=${id}; mpshared=1`)).toBe(`mpvid=${id}; Path=/v1/page-views; HttpOnly; SameSite=Strict`)
    expect(given('mpshared=1')).not.toContain('Max-Age')
  })

  it('is given to so many browsers of a network in an hour, by all replicas together', () => {
    const visitors = newVisitors(10)
    const admitted = (prefix: string | null) =>
      Array.from({ length: 9 }, () => visitors.admit(prefix)).filter(Boolean).length
    expect([admitted('192.0.2.0/24'), admitted('198.51.100.0/24'), admitted(null)]).toEqual([5, 5, 5])
    jest.spyOn(clock, 'now').mockReturnValue(new Date('2026-01-31T13:00:00Z'))
    expect(admitted('192.0.2.0/24')).toBe(5)
  })
})
