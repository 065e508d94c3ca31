import { composeMail } from './compose-mail.js'
import { Layouts } from './layouts.js'
import { en } from './texts.en.js'
import { textsOf, type TextKind } from './texts.js'

const layouts = new Layouts()
beforeAll(() => layouts.onModuleInit())

const around = { locale: 'en', site: 'https://site.example' }

describe('a composed mail', () => {
  it.each(Object.keys(en.mails) as TextKind[])(
    '%s says the same in both parts and both languages, with every place filled',
    (kind) => {
      for (const locale of ['en', 'de']) {
        const texts = textsOf(
          locale,
          kind,
          { handle: 'ansel', name: 'Ansel', reason: 'damaged' },
          'https://site.example/x?token=t',
        )
        const mail = composeMail(texts, { ...around, locale }, layouts)
        expect(`${mail.subject}${mail.html}${mail.text}`).not.toMatch(/\{\{|undefined|\[object/)
        for (const paragraph of texts.paragraphs) expect(mail.text).toContain(paragraph)
        expect(mail.html).toContain(`lang="${locale}"`)
      }
    },
  )

  it('shows what people wrote as text: no markup, no header, no second line', () => {
    const evil = '<img src=x onerror=alert(1)>\r\nBcc: victim@example.org'
    const mail = composeMail(textsOf('en', 'follow', { name: evil }, 'https://site.example/@x'), around, layouts)
    expect(mail.subject).not.toMatch(/[\r\n]/)
    expect(mail.html).not.toContain('<img src=x')
    expect(mail.html).toContain('&lt;img src=x')
  })

  it('B23 B25 has an unsubscribe link exactly where it may be turned off', () => {
    const texts = textsOf('en', 'follow', { name: 'Ansel' }, 'https://site.example/@ansel')
    const unsubscribe = 'https://site.example/unsubscribe/abc'
    expect(composeMail(texts, { ...around, unsubscribe }, layouts).html).toContain(unsubscribe)
    expect(composeMail(texts, { ...around, unsubscribe }, layouts).text).toContain(unsubscribe)
    expect(composeMail(texts, around, layouts).html).not.toContain('unsubscribe')
  })
})
