import { FRAME } from './frame.js'
import type { Letter, Person } from './letter.js'
import type { Surroundings } from './surroundings.js'

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const escape = (text: string) => text.replace(/[&<>"']/g, (c) => ENTITIES[c]!)

const paragraph = (text: string) => `<p style="margin:0 0 14px">${escape(text)}</p>`
const person = ({ name, url }: Person) =>
  `<li style="margin:0 0 8px">${url ? `<a href="${escape(url)}">${escape(name)}</a>` : escape(name)}</li>`
const list = (people: readonly Person[]) =>
  `<ul style="margin:0 0 14px;padding:0 0 0 20px">${people.map(person).join('')}</ul>`

/** The HTML part: the compiled frame, without the blocks that have nothing to say, every value escaped. */
export function renderHtml(letter: Letter, around: Surroundings): string {
  const shown: Record<string, boolean> = {
    people: letter.people.length > 0,
    button: letter.button !== undefined,
    fallback: letter.fallback !== '',
    note: letter.note !== '',
    unsubscribe: around.unsubscribeUrl !== undefined,
  }
  const values: Record<string, string> = {
    ...escaped({ ...letter, ...around, ...letter.button, preview: letter.paragraphs[0] }),
    paragraphs: letter.paragraphs.map(paragraph).join(''),
    people: list(letter.people),
  }
  return FRAME.replace(/<!-- (\w+) -->([^]*?)<!-- \/\1 -->/g, (_, block: string, html: string) =>
    shown[block] ? html : '',
  ).replace(/\[\[(\w+)\]\]/g, (_, name: string) => values[name] ?? '')
}

const escaped = (values: object): Record<string, string> =>
  Object.fromEntries(
    Object.entries(values)
      .filter((entry): entry is [string, string] => typeof entry[1] === 'string')
      .map(([name, value]) => [name, escape(value)]),
  )
