import { createHmac } from 'node:crypto'
import { OverlappingMac, overlappingSecret } from './overlapping.js'

const [former, next] = ['f'.repeat(32), 'n'.repeat(32)]

describe('a secret that is replaced', () => {
  it('is one, or several after commas, each of them long enough', () => {
    const secret = overlappingSecret()
    expect(secret.parse(former)).toEqual([former])
    expect(secret.parse(`${next}, ${former}`)).toEqual([next, former])
    for (const text of ['', 'short', `${next},`, `${next},short`]) expect(secret.safeParse(text).success).toBe(false)
  })

  it('makes with the first one and accepts each, but none that was taken out', () => {
    const [before, during, after] = [[former], [next, former], [next]] as const
    const made = new OverlappingMac(before).make('a link')
    expect(new OverlappingMac(during).isOurs('a link', made)).toBe(true)
    expect(new OverlappingMac(after).isOurs('a link', made)).toBe(false)
    expect(new OverlappingMac(during).make('a link')).toEqual(new OverlappingMac(after).make('a link'))
    expect(new OverlappingMac(during).all('a link')).toEqual([new OverlappingMac(after).make('a link'), made])
  })

  it('makes an HMAC under the text or the bytes of the key', () => {
    const expected = createHmac('sha256', former).update('a link').digest()
    for (const key of [former, Buffer.from(former)]) expect(new OverlappingMac([key]).make('a link')).toEqual(expected)
  })

  it('accepts no MAC that is cut short, prolonged, or of another text', () => {
    const mac = new OverlappingMac([former], 16)
    const made = mac.make('a link')
    expect(made).toHaveLength(16)
    const [text, long] = ['a link', Buffer.concat([made, made])]
    for (const given of [made.subarray(1), long, Buffer.alloc(0)]) expect(mac.isOurs(text, given)).toBe(false)
    expect(mac.isOurs('another link', made)).toBe(false)
  })
})
