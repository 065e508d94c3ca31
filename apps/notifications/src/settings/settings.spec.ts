import { choose, defaultSettings } from './settings.js'
import { UnsubscribeTokens } from '../unsubscribe/unsubscribe-tokens.js'

const ACCOUNT = '01931f3e-0000-7000-8000-000000000001'

describe('mail settings', () => {
  it('change what is named and leave the rest', () => {
    const { state, changed } = choose(defaultSettings(ACCOUNT), { follows: 'off' })
    expect({ changed, ...state.choices }).toEqual({
      changed: true,
      follows: 'off',
      messages: 'immediate',
      comments: 'immediate',
      favourites: 'immediate',
    })
    expect(choose(state, { follows: 'off' }).changed).toBe(false)
  })

  it.each([
    ['system', 'off'],
    ['legal', 'off'],
    ['news', false],
  ] as const)('B25 B26 refuse %s', (category, value) => {
    expect(() => choose(defaultSettings(ACCOUNT), { [category]: value })).toThrow(
      /cannot be turned off|follows a consent/,
    )
  })
})

describe('unsubscribe links', () => {
  const tokens = new UnsubscribeTokens({ NOTIFICATIONS_LINK_KEY: 'k'.repeat(32) } as never)

  it('lead to one account and category, and to no other when a bit is changed', () => {
    const token = tokens.tokenFor(ACCOUNT, 'follows')
    expect(tokens.read(token)).toEqual({ accountId: ACCOUNT, category: 'follows' })
    const bytes = Buffer.from(token, 'base64url')
    for (let i = 0; i < bytes.length; i++) {
      const forged = Buffer.from(bytes)
      forged[i]! ^= 1
      expect(() => tokens.read(forged.toString('base64url'))).toThrow(/no unsubscribe link/)
    }
    for (const wrong of ['', 'abc', token + token]) expect(() => tokens.read(wrong)).toThrow(/no unsubscribe link/)
  })
})
