import { notifications } from '@mpics/contracts'
import { consentCategories } from '../settings/settings.js'
import { UnsubscribeTokens } from './unsubscribe-tokens.js'

const ACCOUNT = '01931f3e-0000-7000-8000-000000000001'
const tokensWith = (...keys: string[]) => new UnsubscribeTokens({ NOTIFICATIONS_LINK_KEY: keys } as never)
const [older, newer] = ['k'.repeat(32), 'l'.repeat(32)]
const tokens = tokensWith(older)

describe('an unsubscribe link', () => {
  it('leads to one account and category, and to nothing when a bit is changed', () => {
    const token = tokens.tokenFor(ACCOUNT, 'follows')
    expect(tokens.read(token)).toEqual({ accountId: ACCOUNT, category: 'follows' })
    const bytes = Buffer.from(token, 'base64url')
    for (let i = 0; i < bytes.length * 8; i++) {
      const forged = Buffer.from(bytes)
      forged[i >> 3]! ^= 1 << (i & 7)
      expect(() => tokens.read(forged.toString('base64url'))).toThrow(/no unsubscribe link/)
    }
    for (const wrong of ['', 'abc', token + token, `${token}=`, `${token}!`, token.slice(1)])
      expect(() => tokens.read(wrong)).toThrow(/no unsubscribe link/)
  })

  it.each([...notifications.chosenCategories, ...consentCategories])('can turn off %s', (category) => {
    expect(tokens.read(tokens.tokenFor(ACCOUNT, category))).toEqual({ accountId: ACCOUNT, category })
  })

  it('still works when the key has been replaced, and not when it was withdrawn', () => {
    const token = tokens.tokenFor(ACCOUNT, 'comments')
    expect(tokensWith(newer, older).read(token)).toEqual({ accountId: ACCOUNT, category: 'comments' })
    expect(() => tokensWith(newer).read(token)).toThrow(/no unsubscribe link/)
  })
})
