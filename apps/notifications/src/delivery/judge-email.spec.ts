import type { EmailCategory } from '../mail-definition/define-mail.js'
import { mails } from '../mails/mails.generated.js'
import { defaultSettings } from '../settings/settings.js'
import { hasRules, judge, type RecipientState } from './judge-email.js'

const { choices } = defaultSettings('a')
const ideal: RecipientState = { emailVerified: true, consents: ['email-news'], choices, addressFailing: false }
const allOff: RecipientState = {
  emailVerified: false,
  consents: [],
  choices: { follows: 'off', messages: 'off', comments: 'off', favourites: 'off' },
  addressFailing: true,
}
const judged = (category: EmailCategory, recipient: Partial<RecipientState> = {}) =>
  judge({ category, kind: 'follow' }, { ...ideal, ...recipient })

describe('whether a mail goes out', () => {
  it.each(mails.filter(({ category }) => category === 'system').map((mail) => [mail.kind, mail] as const))(
    'B25 the system mail %s does, whatever was turned off, and to failing addresses',
    (_, mail) => expect(judge(mail, { ...allOff, emailVerified: true })).toEqual({ send: true }),
  )

  it('only mails that ask for the proof of an address do before the proof', () => {
    const kinds = mails.map(({ kind, category }) => ({ kind, category }))
    const sent = kinds.filter((mail) => 'send' in judge(mail, { ...ideal, emailVerified: false }))
    expect(sent.map(({ kind }) => kind)).toEqual(['confirm-email', 'verify-email'])
    expect(judged('system', allOff)).toEqual({ suppress: 'address-unverified' })
  })

  it('B61 somebody whose account is locked or being closed gets none but those about the account', () => {
    const kinds = mails.map(({ kind, category }) => ({ kind, category }))
    const sent = kinds.filter((mail) => 'send' in judge(mail, { ...ideal, hidden: true })).map(({ kind }) => kind)
    expect(sent).toEqual(expect.arrayContaining(['account-closing', 'account-locked', 'reset-password']))
    for (const kind of ['follow', 'follow-digest', 'photo-rejected']) expect(sent).not.toContain(kind)
    expect(judge({ category: 'news', kind: 'a-newer-kind' }, { ...ideal, hidden: true })).toEqual({
      suppress: 'account-hidden',
    })
  })

  it('B26 a legal notice does, to every verified address, whatever was turned off', () => {
    const [notice, ...others] = mails.filter(({ category }) => category === 'legal')
    expect([notice!.kind, others]).toEqual(['policy-changed', []])
    expect(judge(notice!, { ...allOff, emailVerified: true, hidden: true })).toEqual({ send: true })
    expect(judge(notice!, allOff)).toEqual({ suppress: 'address-unverified' })
  })

  it('B19 others do as the recipient chose', () => {
    const chosen = (follows: RecipientState['choices']['follows']) => ({ choices: { ...choices, follows } })
    expect(judged('follows')).toEqual({ send: true })
    expect(judged('follows', chosen('off'))).toEqual({ suppress: 'setting-off' })
    expect(judged('follows', chosen('daily'))).toEqual({ addToDigest: 'daily' })
    expect(judged('messages', chosen('off'))).toEqual({ send: true })
    expect(judge({ category: 'follows', kind: 'follow-digest' }, { ...ideal, ...chosen('weekly') })).toEqual({
      send: true,
    })
    expect(judge({ category: 'follows', kind: 'follow-digest' }, { ...ideal, ...chosen('off') })).toEqual({
      suppress: 'setting-off',
    })
  })

  it('news, products and offers would need a consent each; there are none yet', () => {
    const consented = mails.filter(({ category }) => ['news', 'products', 'offers'].includes(category))
    expect(consented).toEqual([])
    expect([judged('news'), judged('products'), judged('offers')]).toEqual([
      { send: true },
      { suppress: 'no-consent' },
      { suppress: 'no-consent' },
    ])
  })

  it('nothing but system mail goes to an address that is failing', () => {
    expect(judged('follows', { addressFailing: true })).toEqual({ suppress: 'address-failing' })
  })

  it('a choice that only a later version offers is taken for the rarest; a category without a digest is sent at once', () => {
    const later = { ...choices, follows: 'monthly', messages: 'daily' } as unknown as typeof choices
    expect(judged('follows', { choices: later })).toEqual({ addToDigest: 'weekly' })
    expect(judge({ category: 'messages', kind: 'message' }, { ...ideal, choices: later })).toEqual({ send: true })
    expect(['system', 'comments', 'offers', 'polls'].map(hasRules)).toEqual([true, true, true, false])
  })
})
