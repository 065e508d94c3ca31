import { NotFoundError } from '@mpics/service-kit'
import { cookiesFor, givenCookies } from './forwarded-cookies.js'
import { isDeeperThan } from '@mpics/service-kit'
import { clientHeaders, upstreamHeaders } from './upstream-headers.js'
import { upstreamPath } from './upstream-path.js'

describe('what passes the edge', () => {
  it('drops every header by which a client could claim an identity', () => {
    const claimed = {
      authorization: 'Bearer client',
      forwarded: 'for=1.2.3.4',
      'x-forwarded-for': '1.2.3.4',
      'x-request-id': 'mine-12345678',
      'x-client-country': 'XX',
      'x-account-id': 'root',
      traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
      connection: 'x-account-id',
      cookie: 'a=b',
      range: 'bytes=0-1',
    }
    expect(upstreamHeaders(claimed, { authorization: 'Bearer minted', 'x-request-id': 'fresh' })).toEqual({
      authorization: 'Bearer minted',
      'x-request-id': 'fresh',
      range: 'bytes=0-1',
    })
  })

  it('B34 lets only cookies of ours in and out', () => {
    expect(cookiesFor(['mprefresh'], '__gads=ID=1; mprefresh=abc; IDE=dart; xmprefresh=1')).toBe('mprefresh=abc')
    expect(cookiesFor(['mprefresh'], '__gads=ID=1')).toBeUndefined()
    expect(cookiesFor([], 'mprefresh=abc')).toBeUndefined()
    expect(givenCookies(['mpage'], ['mpage=1; Path=/', 'other=1'])).toEqual(['mpage=1; Path=/'])
  })

  it('keeps back what the edge says itself', () => {
    expect(
      clientHeaders({ etag: '"1"', 'transfer-encoding': 'chunked', 'x-powered-by': 'x', 'ratelimit-limit': '1' }),
    ).toEqual({
      etag: '"1"',
    })
  })

  it('makes paths anew', () => {
    expect(upstreamPath('/v1/profiles/{handle}/follow', { handle: 'a b?c#d' })).toBe(
      '/v1/profiles/a%20b%3Fc%23d/follow',
    )
    for (const handle of ['..', '.', '../internal', 'a/b', 'a\\b', ''])
      expect(() => upstreamPath('/v1/profiles/{handle}', { handle })).toThrow(NotFoundError)
  })

  it('measures how deep JSON is nested, brackets in texts aside', () => {
    const nested = (depth: number) => Buffer.from('['.repeat(depth) + ']'.repeat(depth))
    expect(isDeeperThan(32, nested(32))).toBe(false)
    expect(isDeeperThan(32, nested(50_000))).toBe(true)
    expect(isDeeperThan(1, Buffer.from('{"a\\"[[[":"]{{{\\\\"}'))).toBe(false)
  })
})
