import { languageCodes } from '@mpics/contracts'
import type { MailValues } from '../mail-definition/define-mail.js'
import { nameOf } from '../templates/name-of.js'
import { renderHtml } from '../templates/render-html.js'
import { renderText } from '../templates/render-text.js'
import { contentOf } from './content-of.js'
import { mails } from './mails.generated.js'

const footer = { privacyUrl: 'https://site.example/p', termsUrl: 'https://site.example/t', imprint: 'Million Pictures' }
const values: MailValues = {
  handle: 'ansel',
  name: 'Ansel (@ansel)',
  detail: 'damaged',
  at: new Date('2026-01-31T12:00:00Z'),
  until: new Date('2026-02-01T12:00:00Z'),
  count: 2,
  people: [{ name: 'Dora (@dora)', url: 'https://site.example/@dora' }],
  more: 1,
  accounts: [
    { id: '1', handle: 'vivian', at: new Date('2026-01-30T12:00:00Z'), url: 'https://site.example/y?token=u' },
  ],
  url: 'https://site.example/x?token=t&y=1',
}
const kinds = mails.map(({ kind }) => kind)
const follow = (name: string) => contentOf({ locale: 'en' }, 'follow', { name, url: 'https://site.example/@x' })

describe('the content of a mail', () => {
  it.each(kinds.flatMap((kind) => languageCodes.map((locale) => [kind, locale] as const)))(
    '%s in %s says the same in both parts, with every place filled',
    (kind, locale) => {
      const content = contentOf({ locale }, kind, values)
      const [html, text] = [renderHtml(content, footer), renderText(content, footer)]
      expect(content.subject + html + text).not.toMatch(/\{\{|\[\[|undefined|null|\[object|mails\.|Invalid Date/)
      for (const part of [...content.paragraphs, content.note, content.because, footer.imprint]) {
        expect(text).toContain(part)
        expect(html).toContain(part.replaceAll('&', '&amp;'))
      }
      expect(html).toContain(`lang="${locale}"`)
      const url = `https://site.example/x?token=t&y=1${locale === 'en' ? '' : `&lang=${locale}`}`
      if (content.button) expect(html).toContain(`href="${url.replaceAll('&', '&amp;')}"`)
      if (content.button) expect(text).toContain(url)
    },
  )

  it('is in the language that comes closest, and in English for whoever speaks none of them', () => {
    expect(contentOf({ locale: 'de' }, 'photo-rejected', { detail: 'animated' }).paragraphs[0]).toContain(
      'sie bewegt sich',
    )
    expect(contentOf({ locale: 'xx' }, 'follow', { name: 'A' }).subject).toBe('A follows you')
  })

  it('tells of a code that only a later version knows', () => {
    expect(contentOf({ locale: 'en' }, 'photo-rejected', { detail: 'haunted' }).paragraphs[0]).toContain(
      'we could not read it.',
    )
    expect(contentOf({ locale: 'en' }, 'follow', { detail: 'haunted', name: 'A' }).subject).toBe('A follows you')
  })

  it('runs from right to left where its language does', () => {
    const content = { ...contentOf({ locale: 'en' }, 'follow-digest', values), direction: 'rtl' as const }
    const html = renderHtml(content, footer)
    expect(html).toContain('dir="rtl"')
    expect(html).not.toMatch(/dir="ltr"|direction:ltr|text-align:left|align="left"|0 0 0 20px/)
    expect(renderHtml({ ...content, direction: 'ltr' }, footer)).toMatch(/dir="ltr".*text-align:left/s)
  })

  it('shows what people wrote as text: no markup, no second line, no template', () => {
    for (const evil of [
      '<img src=x onerror=alert(1)>',
      'a\r\nBcc: x@example.org',
      '{{handle}} $t(privacy)',
      '"><a href=x>',
    ]) {
      const content = follow(evil)
      const html = renderHtml(content, footer)
      expect(content.subject).not.toMatch(/[\r\n]/)
      expect(content.subject).toBe(`${evil.replace('\r\n', ' ')} follows you`)
      expect(html).not.toMatch(/<img src=x|<a href=x/)
    }
  })

  it('loads nothing from anywhere and watches nobody: no picture, font, script or foreign address', () => {
    const html = renderHtml(contentOf({ locale: 'en' }, 'verify-email', values), {
      ...footer,
      unsubscribeUrl: 'https://site.example/u',
    })
    expect(html).not.toMatch(/<img|<link|<script|@import|url\(|<iframe|background=/i)
    const foreign = (html.match(/https?:\/\/[^\s"'<]+/g) ?? []).filter(
      (url) => !url.startsWith('https://site.example/'),
    )
    expect([...new Set(foreign)]).toEqual(['http://www.w3.org/1999/xhtml'])
  })

  it('leads to pages in its language, whichever link is followed', () => {
    const urlsIn = (locale: string) => {
      const { button, people } = contentOf({ locale }, 'verify-email', values)
      return [button!.url, ...people.map(({ url }) => url)].filter(Boolean)
    }
    expect(urlsIn('en').filter((url) => url.includes('lang='))).toEqual([])
    expect(urlsIn('de')).toEqual([
      'https://site.example/x?token=t&y=1&lang=de',
      'https://site.example/@dora?lang=de',
      'https://site.example/y?token=u&lang=de',
    ])
  })

  it('tells times where its reader lives, and in UTC where nobody knows the place', () => {
    const until = (timeZone: string | undefined, locale = 'en') =>
      contentOf({ locale, timeZone }, 'reset-password', { until: new Date('2026-11-28T04:10:00Z') }).paragraphs[0]
    expect(until(undefined)).toContain('until 28 November 2026 at 04:10 UTC')
    expect(until('America/New_York')).toContain('until 27 November 2026 at 23:10 GMT-5')
    expect(until('Europe/Berlin', 'de')).toContain('bis 28. November 2026 um 05:10 MEZ')
    expect(until('Mars/Olympus')).toContain('until 28 November 2026 at 04:10 UTC')
  })

  it('tells an address that is known already so, and gives no link that could change anything', () => {
    const accounts = [{ id: '1', handle: 'ansel', at: new Date('2026-01-31T12:00:00Z'), url: '' }]
    const content = contentOf({ locale: 'en' }, 'address-known', { accounts })
    expect(renderText(content, footer)).toContain('- @ansel, registered on 31 January 2026 at 12:00 UTC')
    expect(renderText(content, footer)).not.toMatch(/token|verify/)
    expect(renderHtml(content, footer)).not.toMatch(/token|class="button"/)
  })

  it('counts the people of a digest, and names one alone', () => {
    const digest = (count: number) => contentOf({ locale: 'en' }, 'follow-digest', { ...values, count }).subject
    expect([digest(1), digest(2), digest(120)]).toEqual([
      'Ansel (@ansel) follows you',
      'You have 2 new followers',
      'You have 120 new followers',
    ])
    expect(renderText(contentOf({ locale: 'de' }, 'follow-digest', values), footer)).toContain('- und 1 weitere')
  })
})

describe('how a person is named', () => {
  it.each([
    ['Ansel Adams', 'Ansel Adams (@x)'],
    [null, '@x'],
    ['  ', '@x'],
    ['Martin J. van der Berg', 'Martin J. van der Berg (@x)'],
    ['Anna\u202E\r\nBerg', 'Anna Berg (@x)'],
    ['Anna\u202Egpj.exe', '@x'],
    ['Win at https://spam.example', '@x'],
    ['www.spam.example now', '@x'],
    ['buy pills spam.example', '@x'],
    ['me@spam.example', '@x'],
    ['evil-mail.com,', '@x'],
    ['(spam.example)', '@x'],
    ['spam.example’s best', '@x'],
    ['spam.\u200Bexample', '@x'],
    ['spam\u2024example', '@x'],
    ['spam。example', '@x'],
    ['ｗｗｗ．spam．example', '@x'],
    ['me＠spam', '@x'],
    ['mailto:me', '@x'],
    ['\\\\server\\share', '@x'],
    ['192.0.2.1', '@x'],
    ['call +1 (555) 010-9999', '@x'],
    ['call ٠١٢٣ ٤٥٦ ٧٨٩٠', '@x'],
    ['१९२.०.२.१', '@x'],
    ['J.R.R. Tolkien', 'J.R.R. Tolkien (@x)'],
    ['Sammy Davis Jr., 3rd', 'Sammy Davis Jr., 3rd (@x)'],
    ['=?UTF-8?Q?hello?=', '=?UTF-8?Q?hello?= (@x)'],
    ['👩‍👩‍👧 Family', '👩‍👩‍👧 Family (@x)'],
    ['علی‌رضا', 'علی‌رضا (@x)'],
    ['ශ්‍රී', 'ශ්‍රී (@x)'],
    ['🏴󠁧󠁢󠁥󠁮󠁧󠁿 Ann\u00ADa\u200B', '🏴󠁧󠁢󠁥󠁮󠁧󠁿 Anna (@x)'],
    ['\u3164\u200D', '@x'],
    [`${'a'.repeat(56)} 👩‍👩‍👧`, `${'a'.repeat(56)} (@x)`],
  ])('%j becomes %j', (fullName, name) => {
    expect(nameOf({ fullName, handle: 'x' })).toBe(name)
  })

  it.each(['St.John', 'A.B.Smith', 'Dr.Müller', 'will.i.am'])(
    'by the handle alone where a mail program may read a host name: %s',
    (fullName) => expect(nameOf({ fullName, handle: 'x' })).toBe('@x'),
  )
})
