import { MAIL_TEMPLATE } from './mail-template.generated.js'
import type { MailContent, Person } from './mail-content.js'
import type { MailFooter } from './mail-footer.js'

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const escape = (text: string) => text.replace(/[&<>"']/g, (c) => ENTITIES[c]!)

const paragraph = (text: string) => `<p style="margin:0 0 14px">${escape(text)}</p>`
const person = ({ name, url }: Person) =>
  `<li style="margin:0 0 8px">${url ? `<a href="${escape(url)}">${escape(name)}</a>` : escape(name)}</li>`
const list = ({ people, direction }: MailContent) =>
  `<ul style="margin:0 0 14px;padding:${direction === 'rtl' ? '0 20px 0 0' : '0 0 0 20px'}">${people.map(person).join('')}</ul>`

/** The HTML part: the compiled template, without the blocks that have nothing to say, every value escaped. */
export function renderHtml(content: MailContent, footer: MailFooter): string {
  const shown: Record<string, boolean> = {
    people: content.people.length > 0,
    button: content.button !== undefined,
    fallback: content.fallback !== '',
    note: content.note !== '',
    unsubscribe: footer.unsubscribeUrl !== undefined,
  }
  const values: Record<string, string> = {
    ...escaped({ ...content, ...footer, ...content.button, preview: content.paragraphs[0] }),
    paragraphs: content.paragraphs.map(paragraph).join(''),
    people: list(content),
    start: content.direction === 'rtl' ? 'right' : 'left',
  }
  return MAIL_TEMPLATE.replace(/<!-- (\w+) -->([^]*?)<!-- \/\1 -->/g, (_, block: string, html: string) =>
    shown[block] ? html : '',
  ).replace(/\[\[(\w+)\]\]/g, (_, name: string) => values[name] ?? '')
}

const escaped = (values: object): Record<string, string> =>
  Object.fromEntries(
    Object.entries(values)
      .filter((entry): entry is [string, string] => typeof entry[1] === 'string')
      .map(([name, value]) => [name, escape(value)]),
  )
