import type { IdentityConfig } from '../config.js'
import { Secrets } from '../keys/secrets.js'
import { RefreshTokens } from './refresh-tokens.js'

const tokensWith = (...secrets: string[]) =>
  new RefreshTokens(new Secrets({ IDENTITY_SECRET: secrets.map((s) => s.repeat(32)) } as unknown as IdentityConfig))
const tokens = tokensWith('a')
const sessionId = '01931f3e-0000-7000-8000-00000000000c'

it('B28 are alphanumeric and never the same', () => {
  const made = Array.from({ length: 100 }, () => tokens.first(sessionId).text)
  expect(made.every((text) => /^[A-Za-z0-9]{128}$/.test(text))).toBe(true)
  expect(new Set(made).size).toBe(100)
})

it('have one successor, of the same session', () => {
  const token = tokens.first(sessionId)
  expect(tokens.successor(token)).toEqual(tokens.successor(token))
  expect(tokens.successor(token).text).not.toBe(token.text)
  expect(tokens.read(tokens.successor(token).text)).toEqual({ ...tokens.successor(token), sessionId })
})

it('are told from what somebody made up', () => {
  const { text } = tokens.first(sessionId)
  expect(tokens.read(text.replace(/.$/, (last) => (last === '0' ? '1' : '0')))).toBeUndefined()
  expect(tokens.read(text.slice(1))).toBeUndefined()
  expect(tokensWith('b').read(text)).toBeUndefined()
})

describe('while the secret is replaced', () => {
  const [before, during, after] = [tokensWith('a'), tokensWith('b', 'a'), tokensWith('b')]
  const token = before.first(sessionId)

  it('are read as long as the former one counts', () => {
    expect(during.read(token.text)).toEqual(token)
    expect(after.read(token.text)).toBeUndefined()
  })

  it('move to the new one with the next use', () => {
    const next = during.successor(token)
    expect(after.read(next.text)).toEqual(next)
  })

  it('have the one successor that the session took, whichever replica made it', () => {
    const taken = before.successor(token)
    expect(during.successor(token)).not.toEqual(taken)
    expect(during.successor(token, { refreshHash: taken.hash, spent: [] })).toEqual(taken)
    const spent = [{ hash: taken.hash, at: new Date() }]
    expect(during.successor(token, { refreshHash: 'a later one', spent })).toEqual(taken)
  })
})
