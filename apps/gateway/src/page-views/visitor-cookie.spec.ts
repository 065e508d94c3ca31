import { browserIdOf, newBrowserId, visitorSetCookie } from './visitor-cookie.js'

describe('the visitor cookie', () => {
  it('B28 is alphanumeric, of 128 bits or more, and never given twice', () => {
    const values = Array.from({ length: 10_000 }, () => newBrowserId())
    expect(values.filter((v) => !/^[A-Za-z0-9]{24}$/.test(v))).toEqual([])
    expect(new Set(values).size).toBe(10_000)
    expect(24 * Math.log2(62)).toBeGreaterThan(128)
  })

  it('B28 uses every letter about equally often', () => {
    const counts = new Map<string, number>()
    for (let i = 0; i < 10_000; i++)
      for (const letter of newBrowserId()) counts.set(letter, (counts.get(letter) ?? 0) + 1)
    const expected = 240_000 / 62
    expect(counts.size).toBe(62)
    for (const count of counts.values()) expect(Math.abs(count / expected - 1)).toBeLessThan(0.1)
  })

  it('B27 is HttpOnly, SameSite, host-only, for one path and a fixed time, and Secure where the site is', () => {
    expect(visitorSetCookie('abc', true)).toBe(
      'mpvid=abc; Max-Age=15552000; Path=/v1/page-views; HttpOnly; SameSite=Strict; Secure',
    )
    expect(visitorSetCookie('abc', false)).not.toContain('Secure')
  })

  it('reads only values that we could have given', () => {
    const id = newBrowserId()
    expect(browserIdOf(`__gads=x; mpvid=${id}; other=1`)).toBe(id)
    expect(browserIdOf(`xmpvid=${id}`)).toBeNull()
    expect(browserIdOf('mpvid=short')).toBeNull()
    expect(browserIdOf(`mpvid=${id}'--`)).toBeNull()
    expect(browserIdOf(undefined)).toBeNull()
  })
})
