import { bearerTokenOf, unreadTokenOf } from './bearer-token.js'

const signature = Buffer.alloc(64, 7).toString('base64url')
const token = `eyJh.eyJz.${signature}`

describe('the token of an Authorization header', () => {
  it.each([`Bearer ${token}`, `bearer ${token}`, `BEARER  ${token}`])('is read from %s', (header) => {
    expect(bearerTokenOf(header)).toBe(token)
  })

  it.each([
    ['nothing', undefined],
    ['more behind it', `Bearer ${token} junk`],
    ['more behind it, after a tab', `Bearer ${token}\tjunk`],
    ['two tokens', `Bearer ${token}, Bearer ${token}`],
    ['another scheme', `Basic ${token}`],
    ['no token', 'Bearer'],
    ['two parts', 'Bearer eyJh.eyJz'],
    ['four parts', `Bearer ${token}.x`],
    ['other letters', `Bearer ${token}=`],
    ['another spelling of its signature', `Bearer ${token.slice(0, -1)}x`],
    ['a length that no token of ours has', `Bearer eyJh.${'e'.repeat(5_000)}.${signature}`],
  ])('is none with %s, and its text is no token that was good', (_, header) => {
    expect(bearerTokenOf(header)).toBeUndefined()
    expect(unreadTokenOf(header)).not.toBe(token)
  })

  it('is found unread in its usual spelling alone', () => {
    const found = [`Bearer ${token}`, `bearer ${token}`, `Bearer  ${token}`].map(unreadTokenOf)
    expect(found).toEqual([token, '', ` ${token}`])
  })
})
