import { z } from 'zod'

/** Control characters, line breaks, and the bidirectional overrides that make a text read as another (Unicode UTR #36 §3.3). */
const CONTROL = /[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]/u
const CONTROL_BUT_LINE_BREAKS = /(?![\n\t])[\p{Cc}\u202A-\u202E\u2066-\u2069]/u

/** Leaves a mark of its own: no blank, no ignorable or combining character, and nothing that fonts draw empty. */
const VISIBLE =
  /[^\p{Z}\p{Cc}\p{Cf}\p{Cs}\p{M}\p{Default_Ignorable_Code_Point}\u2800\uFFFC\u{13441}\u{13442}\u{1D159}]/u

export const isBlank = (text: string): boolean => !VISIBLE.test(text)

const EDGES = /^[\s\p{Default_Ignorable_Code_Point}]+|[\s\p{Default_Ignorable_Code_Point}]+$/gu

/** Without what keyboards and clipboards leave around a word. */
export const trimmed = (text: string): string => text.replace(EDGES, '')

/** Forms and mail programs send CR LF (WHATWG HTML, "multipart/form-data"). */
const withOneLineBreak = (text: string) => text.replace(/\r\n?/g, '\n')

const without = (control: RegExp, text: z.ZodString, max: number) =>
  text
    .min(1)
    .max(max)
    .refine((value) => !control.test(value), {
      error: 'text without control characters',
      params: { code: 'control-characters' },
    })
    .refine((value) => !isBlank(value), {
      error: 'blank; leave it out, or use null to delete it',
      params: { code: 'blank' },
    })

/** One line that a person writes: a title, a name, a place. */
export const lineOfText = (max: number) => without(CONTROL, z.string(), max)

/** A text that a person writes, which may have line breaks. */
export const proseText = (max: number) => without(CONTROL_BUT_LINE_BREAKS, z.string().overwrite(withOneLineBreak), max)
