import { codedTag, uncodeTags } from './coded-tags.js'
import { codingFor } from './content-coding.js'

describe('content codings', () => {
  it.each([
    [undefined, undefined],
    ['', undefined],
    ['gzip', 'gzip'],
    ['x-gzip', 'gzip'],
    ['gzip, deflate, br, zstd', 'br'],
    ['GZIP;q=1.0, br;q=0.5', 'gzip'],
    ['br;q=0, gzip;q=0', undefined],
    ['*', 'br'],
    ['*;q=0.5, br;q=0', 'gzip'],
    ['identity, gzip;q=0.5', undefined],
    ['identity;q=0.1, gzip;q=0.5', 'gzip'],
    ['deflate', undefined],
    ['gzip;q=1.2.3', undefined],
  ])('of %s: %s', (field, coding) => expect(codingFor(field)).toBe(coding))

  it('a strong tag is another one, a weak one is the same, and both come back', () => {
    expect([codedTag('"a~b"', 'br'), codedTag('W/"a"', 'gzip')]).toEqual(['"a~b+br"', 'W/"a"'])
    const headers = { 'if-none-match': 'W/"x", "a~b+br", "c+gzip"', 'if-match': '"a~b+gzip"' }
    uncodeTags(headers)
    expect(headers).toEqual({ 'if-none-match': 'W/"x", "a~b", "c"', 'if-match': '"a~b"' })
  })
})
