import { randomUUID } from 'node:crypto'
import { IdentityConfig } from '../config.js'
import { Secrets } from '../keys/secrets.js'
import { RefreshTokens } from '../sessions/refresh-tokens.js'
import { PageSecrets } from './page-secrets.js'

const [FIRST, SECOND] = ['first secret of this test, long enough', 'second secret of this test, long enough']
const under = (...secrets: [string, ...string[]]) => {
  const all = new Secrets({ IDENTITY_SECRET: secrets } as unknown as IdentityConfig)
  return { pages: new PageSecrets(all), refresh: new RefreshTokens(all) }
}

describe('the secret of a session for pages', () => {
  const { pages, refresh } = under(FIRST)
  const sessionId = randomUUID()
  const token = refresh.first(sessionId)
  const secret = pages.inPlaceOf(token)

  it('names its session, is the same for a repeated exchange, and can be a cookie', () => {
    expect(pages.read(secret.text)).toEqual({ ...secret, sessionId })
    expect(pages.inPlaceOf(token)).toEqual(secret)
    expect(secret.text).toMatch(/^[A-Za-z0-9]{128}$/)
  })

  it('passes for no refresh token, nor a refresh token for it', () => {
    expect([refresh.read(secret.text), pages.read(token.text)]).toEqual([undefined, undefined])
    expect(secret.text).not.toContain(token.text.slice(32, 96))
  })

  it('is none with any digit changed, and none under another key', () => {
    for (const at of [0, 31, 32, 95, 96, 127]) {
      const other = secret.text[at] === '0' ? '1' : '0'
      expect(pages.read(secret.text.slice(0, at) + other + secret.text.slice(at + 1))).toBeUndefined()
    }
    for (const text of ['', secret.text.toUpperCase(), `${secret.text}0`]) expect(pages.read(text)).toBeUndefined()
    expect(under(SECOND).pages.read(secret.text)).toBeUndefined()
  })

  it('outlives the change of the key, while the former one follows', () => {
    expect(under(SECOND, FIRST).pages.read(secret.text)?.sessionId).toBe(sessionId)
  })
})
