import { type LetterKind, letterOf, type LetterValues } from './letter.js'
import { nameOf } from './name-of.js'
import { renderHtml } from './render-html.js'
import { renderText } from './render-text.js'
import { de } from './texts.de.js'
import { en } from './texts.en.js'

const around = { privacyUrl: 'https://site.example/p', termsUrl: 'https://site.example/t', imprint: 'Million Pictures' }
const values: LetterValues = {
  handle: 'ansel',
  name: 'Ansel (@ansel)',
  rejection: 'damaged',
  at: new Date('2026-01-31T12:00:00Z'),
  until: new Date('2026-02-01T12:00:00Z'),
  count: 2,
  people: [{ name: 'Dora (@dora)', url: 'https://site.example/@dora' }],
  more: 1,
  url: 'https://site.example/x?token=t&y=1',
}
const kinds = Object.keys(en.mails) as LetterKind[]
const follow = (name: string) => letterOf('en', 'follow', { name, url: 'https://site.example/@x' })

describe('a letter', () => {
  it.each(kinds.flatMap((kind) => ['en', 'de'].map((locale) => [kind, locale] as const)))(
    '%s in %s says the same in both parts, with every place filled',
    (kind, locale) => {
      const letter = letterOf(locale, kind, values)
      const [html, text] = [renderHtml(letter, around), renderText(letter, around)]
      expect(letter.subject + html + text).not.toMatch(/\{\{|\[\[|undefined|null|\[object|mails\.|Invalid Date/)
      for (const part of [...letter.paragraphs, letter.note, letter.because, around.imprint]) {
        expect(text).toContain(part)
        expect(html).toContain(part.replaceAll('&', '&amp;'))
      }
      expect(html).toContain(`lang="${locale}"`)
      if (letter.button) expect(html).toContain('href="https://site.example/x?token=t&amp;y=1"')
      if (letter.button) expect(text).toContain('https://site.example/x?token=t&y=1')
    },
  )

  it('exists in both languages, paragraph by paragraph', () => {
    for (const kind of kinds) expect(de.mails[kind].paragraphs).toHaveLength(en.mails[kind].paragraphs.length)
    expect(letterOf('de', 'photo-rejected', { rejection: 'animated' }).paragraphs[0]).toContain('sie bewegt sich')
    expect(letterOf('xx', 'follow', { name: 'A' }).subject).toBe('A follows you')
  })

  it('shows what people wrote as text: no markup, no second line, no template', () => {
    for (const evil of [
      '<img src=x onerror=alert(1)>',
      'a\r\nBcc: x@example.org',
      '{{handle}} $t(privacy)',
      '"><a href=x>',
    ]) {
      const letter = follow(evil)
      const html = renderHtml(letter, around)
      expect(letter.subject).not.toMatch(/[\r\n]/)
      expect(letter.subject).toBe(`${evil.replace('\r\n', ' ')} follows you`)
      expect(html).not.toMatch(/<img src=x|<a href=x/)
    }
  })

  it('loads nothing from anywhere and watches nobody: no picture, font, script or foreign address', () => {
    const html = renderHtml(letterOf('en', 'verify-email', values), {
      ...around,
      unsubscribeUrl: 'https://site.example/u',
    })
    expect(html).not.toMatch(/<img|<link|<script|@import|url\(|<iframe|background=/i)
    const foreign = (html.match(/https?:\/\/[^\s"'<]+/g) ?? []).filter(
      (url) => !url.startsWith('https://site.example/'),
    )
    expect([...new Set(foreign)]).toEqual(['http://www.w3.org/1999/xhtml'])
  })

  it('B23 B25 has an unsubscribe link exactly where these mails may be turned off', () => {
    const unsubscribeUrl = 'https://site.example/unsubscribe/abc'
    for (const render of [renderHtml, renderText]) {
      expect(render(follow('A'), { ...around, unsubscribeUrl })).toContain(unsubscribeUrl)
      expect(render(follow('A'), around)).not.toMatch(/unsubscribe|Turn these mails off/)
    }
  })

  it('tells an address that is known already so, and gives no link that could change anything', () => {
    const letter = letterOf('en', 'address-known', { handle: 'ansel' })
    expect(renderText(letter, around)).not.toMatch(/token|verify/)
    expect(renderHtml(letter, around)).not.toMatch(/token|class="button"/)
  })

  it('counts the people of a digest, and names one alone', () => {
    const digest = (count: number) => letterOf('en', 'follow-digest', { ...values, count }).subject
    expect([digest(1), digest(2), digest(120)]).toEqual([
      'Ansel (@ansel) follows you',
      'You have 2 new followers',
      'You have 120 new followers',
    ])
    expect(renderText(letterOf('de', 'follow-digest', values), around)).toContain('- und 1 weitere')
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
  ])('%j becomes %j', (fullName, name) => {
    expect(nameOf({ fullName, handle: 'x' })).toBe(name)
  })
})
