import fc from 'fast-check'
import { email } from '../identity/fields.js'
import { emailAddressOf, emailKeyOf } from './email-address.js'

describe('an e-mail address', () => {
  it.each([
    'bug@example.org',
    'bug@müller.example',
    'büg@example.org',
    'bug@xn--mller-kva.example',
    'bug@نامه‌ای.com',
    'あ@例え.テスト',
    "&/=%!#$*?^`{|}~'@example.org",
    'first.last+tag@sub.example.co.uk',
    `${'b'.repeat(64)}@example.org`,
    `${'ü'.repeat(32)}@example.org`,
    `b@${'d'.repeat(63)}.example`,
  ])('%s is one', (text) => expect(email.parse(text)).toBe(text))

  it.each([
    `${'b'.repeat(65)}@example.org`,
    `${'ü'.repeat(33)}@example.org`,
    `b@${'d'.repeat(64)}.example`,
    `b@${'ü'.repeat(62)}.example`,
    `b@${'abcdefghi.'.repeat(25)}example`,
    'a..b@example.org',
    '.a@example.org',
    'a.@example.org',
    'a@localhost',
    'a@1.2.3.4',
    'a@[1.2.3.4]',
    'a@-x.example',
    'a@x-.example',
    'a@exa_mple.org',
    'a@example.c',
    'a@example..org',
    '"a b"@example.org',
    'a b@example.org',
    'a@b@example.org',
    'a＠b@example.org',
    'a，b@example.org',
    'a\u200Bb@example.org',
    'a\u202Eb@example.org',
    'A <a@example.org>',
    'a@example.org,b@example.org',
    'a@example.org\r\nBcc: x@example.org',
    'a(x)@example.org',
    'a@example.org\r\nRCPT TO:<x@example.org>',
    'a\r\nRCPT TO:<x@example.org>@example.org',
    'a@example.org\nBcc: x@example.org',
    'a@example.org;x@example.org',
    'a@example.org>',
    '<a@example.org',
    'a(x@example.org)@example.org',
    'a\u0000@example.org',
    'a\u0085b@example.org',
    'a@example.org\u0000',
    'a@example.org\u2028x',
    'a@example.org:25',
    'a@example.org/x',
    'a@x@example.org',
    'a\uD800@example.org',
    'a@[127.0.0.1]',
    '@example.org',
    'a@',
    'a',
    '',
  ])('%j is none', (text) => expect(email.safeParse(text).success).toBe(false))

  it('never has what could end a line or begin another address', () => {
    const unsafe = /[\s<>,;:"()\\\p{C}]/u
    const part = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom('a', '\r', '\n', '<', '>', '@', ',', ' ', '\0', '＠', '。', '，', '\u2028') }),
    )
    fc.assert(
      fc.property(part, part, fc.boolean(), (a, b, named) => {
        const address = emailAddressOf(`${a}@${b}${named ? 'example.org' : ''}`)
        if (address) expect(`${address.local}${address.domain}`).not.toMatch(unsafe)
        if (address) expect(`${address.local}${address.domain}`).not.toContain('@')
      }),
      { numRuns: 1_000 },
    )
  })

  it('is taken without the blanks that a phone adds', () =>
    expect(email.parse(' bug@example.org\u00A0')).toBe('bug@example.org'))

  it('is the same in any case, composed or not, and in both forms of its domain', () => {
    const forms = [
      'Büg@MÜLLER.example',
      'bu\u0308g@mu\u0308ller.example',
      'büg@xn--mller-kva.example',
      'büg@müller。example',
    ]
    expect(new Set(forms.map(emailKeyOf))).toEqual(new Set(['büg@xn--mller-kva.example']))
    expect(emailKeyOf('Ada@Example.org')).toBe('ada@example.org')
    expect(emailAddressOf('büg@müller.example')).toEqual({ local: 'büg', domain: 'xn--mller-kva.example' })
  })
})
