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
  it('B28 is alphanumeric, of 128 bits or more, and never given twice', () => {
    const values = Array.from({ length: 10_000 }, () => cookies.newBrowserId())
    expect(values.filter((v) => !/^[A-Za-z0-9]{40}$/.test(v))).toEqual([])
    expect(new Set(values.map((v) => v.slice(0, 24))).size).toBe(10_000)
    expect(24 * Math.log2(62)).toBeGreaterThan(128)
  })

  it('B28 uses every letter about equally often', () => {
    const counts = new Map<string, number>()
    for (let i = 0; i < 10_000; i++)
      for (const letter of randomLetters()) counts.set(letter, (counts.get(letter) ?? 0) + 1)
    const expected = 240_000 / 62
    expect(counts.size).toBe(62)
    for (const count of counts.values()) expect(Math.abs(count / expected - 1)).toBeLessThan(0.1)
  })

  it('B27 is HttpOnly, SameSite, host-only, for one path and a fixed time, and Secure where the site is', () => {
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
