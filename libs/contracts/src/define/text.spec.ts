import { runInNewContext } from 'node:vm'
import { z } from 'zod'
import { email } from '../identity/fields.js'
import { lineOfText, proseText, trimmed } from './text.js'

const codesOf = (schema: z.ZodType, text: string) =>
  (schema.safeParse(text).error?.issues ?? []).map((issue) =>
    issue.code === 'custom' ? issue.params?.['code'] : issue.code,
  )

/** Ends work that a long text would keep busy for hours: far from what the slowest machine needs for each character once. */
const ended = (work: () => unknown) => runInNewContext('work()', { work }, { timeout: 120_000 })

describe('what people write', () => {
  it.each([
    '\u200B',
    '\u200D',
    '\u2060',
    '\u00AD',
    '\u3164',
    '\u2800',
    '\u0301',
    '\uFEFF',
    '\u00A0',
    '\u115F',
    '\uFFA0',
  ])('is blank where it is %j alone, however often, and with blanks', (character) => {
    for (const text of [character, character.repeat(9), ` ${character} `, `${character}\u200D${character}`])
      for (const schema of [lineOfText(100), proseText(100)]) expect(codesOf(schema, text)).toEqual(['blank'])
    expect(codesOf(lineOfText(100), `a${character}`)).toEqual([])
  })

  it.each(['\u180E', '\u034F', '\uFE0F', '\u{E0061}', '\u{1D159}', '\u{13441}', '\u0903', '\uFFFC'])(
    'is blank where nothing of it is seen: %j',
    (character) => expect(codesOf(lineOfText(100), character)).toEqual(['blank']),
  )

  it.each(['👩‍👩‍👧', 'علی‌رضا', 'ශ්‍රී', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', '李', '…', '\uE000'])('%s is something', (text) =>
    expect(lineOfText(100).parse(text)).toBe(text),
  )

  it('has line breaks of one kind, which count once', () => {
    expect(proseText(7).parse('a\r\nb\rc\nd')).toBe('a\nb\nc\nd')
    expect(proseText(100).parse('a\r\n\r\n\tb')).toBe('a\n\n\tb')
    for (const text of ['a\r\nb', 'a\nb', 'a\u2028b'])
      expect(codesOf(lineOfText(100), text)).toEqual(['control-characters'])
    expect(codesOf(proseText(100), '\r\n')).toEqual(['blank'])
  })

  it('is taken without what keyboards leave around it', () =>
    expect(trimmed(' \u200Ebug_x\u00A0\uFEFF\n')).toBe('bug_x'))

  it.each(['', ' ', ' \u200B\u{E0001} ', '\uD800', ' \u{1F600} '])('keeps what is seen of %j alone', (text) =>
    expect(trimmed(text)).toBe(text.replace(/[\s\u200B\u{E0001}]/gu, '')),
  )

  it('is read character by character, wherever its blanks are', () => {
    for (const text of [`a${' '.repeat(2_000_000)}b`, '\u200B'.repeat(2_000_000)])
      expect(ended(() => email.safeParse(`${text}@example.org`))).toMatchObject({ success: false })
  })
})
