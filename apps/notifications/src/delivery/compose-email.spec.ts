import { mails } from '../mails/mails.generated.js'
import { contentOf } from '../mails/content-of.js'
import { isChosen } from '../settings/settings.js'
import type { Email } from '../emails/email.js'
import type { Mail } from '../mail-definition/define-mail.js'
import { UnsubscribeTokens } from '../unsubscribe/unsubscribe-tokens.js'
import { ComposeEmail } from './compose-email.js'

const ACCOUNT = '01931f3e-0000-7000-8000-000000000001'
const config = {
  PUBLIC_URL: 'https://site.example',
  NOTIFICATIONS_LINK_KEY: ['k'.repeat(32)],
  NOTIFICATIONS_IMPRINT: 'Million Pictures',
} as never
const tokens = new UnsubscribeTokens(config)
const letter = ({ kind, category }: Mail, locale = 'en') => {
  const email = { id: ACCOUNT, accountId: ACCOUNT, kind, category } as Email
  const content = contentOf({ locale }, kind, {
    handle: 'ansel',
    name: 'Ansel',
    at: new Date(0),
    until: new Date(1),
    count: 1,
  })
  return new ComposeEmail(tokens, config).parts(email, content, 'ansel@site.example')
}
const named = mails.map((mail) => [mail.kind, mail] as const)

describe('the letter of each kind of mail', () => {
  it.each(named)('%s has an unsubscribe link exactly where these mails may be turned off', (_, mail) => {
    const { text, html, headers } = letter(mail)
    const links = [text, html, headers['List-Unsubscribe'] ?? ''].map(
      (part) => /\/unsubscribe\/([\w-]+)/.exec(part)?.[1],
    )
    const expected = isChosen(mail.category) ? { accountId: ACCOUNT, category: mail.category } : undefined
    expect(links.map((token) => token && tokens.read(token))).toEqual([expected, expected, expected])
    expect(headers['List-Unsubscribe-Post']).toBe(expected && 'List-Unsubscribe=One-Click')
    expect(headers['List-Id']).toBe(expected && `<${mail.category}.site.example>`)
    if (!expected) expect(`${text}${html}${JSON.stringify(headers)}`).not.toMatch(/unsubscribe|turn these mails off/i)
  })

  it('some may be turned off and some not', () =>
    expect(new Set(mails.map(({ category }) => isChosen(category)))).toEqual(new Set([true, false])))

  it.each(named)('%s says its language, and leads to pages in it', (_, mail) => {
    const { html, headers } = letter(mail, 'de')
    const pages = [...html.matchAll(/href="(https:\/\/site\.example[^"]*)"/g)].map(([, url]) => url)
    expect(headers['Content-Language']).toBe('de')
    expect(pages.length).toBeGreaterThan(1)
    expect(pages.filter((url) => !url?.endsWith('lang=de'))).toEqual([])
    expect(letter(mail).html).not.toContain('lang=de')
    expect(headers['List-Unsubscribe'] ?? '').not.toContain('?')
  })
})
