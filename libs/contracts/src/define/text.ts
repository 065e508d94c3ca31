import { z } from 'zod'
import { characters } from './characters.js'

/** Control characters, line breaks, and the bidirectional overrides that make a text read as another (Unicode UTR #36 §3.3). */
const CONTROL = '\\u0000-\\u001F\\u007F-\\u009F\\u2028-\\u202E\\u2066-\\u2069'
const CONTROL_BUT_LINE_BREAKS =
  '\\u0000-\\u0008\\u000B\\u000C\\u000E-\\u001F\\u007F-\\u009F\\u202A-\\u202E\\u2066-\\u2069'

/** Leaves a mark of its own: no blank, no ignorable or combining character, and nothing that fonts draw empty. */
const VISIBLE =
  /[^\p{Z}\p{Cc}\p{Cf}\p{Cs}\p{M}\p{Default_Ignorable_Code_Point}\u2800\uFFFC\u{13441}\u{13442}\u{1D159}]/u
/** The most of these that a pattern for engines without Unicode properties can name. */
const INVISIBLE =
  '\\s\\u00AD\\u034F\\u061C\\u115F\\u1160\\u180B-\\u180F\\u200B-\\u200F\\u2060-\\u206F\\u2800\\u3164\\uFE00-\\uFE0F\\uFEFF\\uFFA0'

export const isBlank = (text: string): boolean => !VISIBLE.test(text)

const EDGE = /[\s\p{Default_Ignorable_Code_Point}]/u

/** Without what keyboards and clipboards leave around a word. Strangers send it long: no pattern that looks for the end again and again. */
export function trimmed(text: string): string {
  const characters = [...text]
  const isSeen = (character: string) => !EDGE.test(character)
  return characters.slice(characters.findIndex(isSeen), characters.findLastIndex(isSeen) + 1).join('')
}

/** Forms and mail programs send CR LF (WHATWG HTML, "multipart/form-data"). */
const withOneLineBreak = (text: string) => text.replace(/\r\n?/g, '\n')

function without(control: string, text: z.ZodString, max: number): z.ZodString {
  const controls = new RegExp(`[${control}]`, 'u')
  return characters(1, max, text)
    .refine((value) => !controls.test(value), {
      error: 'text without control characters',
      params: { code: 'control-characters' },
    })
    .refine((value) => !isBlank(value), {
      error: 'blank; leave it out, or use null to delete it',
      params: { code: 'blank' },
    })
    .meta({ pattern: `^[^${control}]*[^${INVISIBLE}${control}][^${control}]*$` })
}

/** One line that a person writes: a title, a name, a place. */
export const lineOfText = (max: number) => without(CONTROL, z.string(), max)

/** A text that a person writes, which may have line breaks. */
export const proseText = (max: number) => without(CONTROL_BUT_LINE_BREAKS, z.string().overwrite(withOneLineBreak), max)
