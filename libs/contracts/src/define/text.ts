import { z } from 'zod'

/** Control characters, and the bidirectional overrides that make a text read as another (Unicode UTR #36 §3.3). */
const CONTROL = /[\p{Cc}\u202A-\u202E\u2066-\u2069]/u
const CONTROL_BUT_LINE_BREAKS = /(?![\n\t])[\p{Cc}\u202A-\u202E\u2066-\u2069]/u

const without = (control: RegExp, max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .refine((text) => !control.test(text), {
      error: 'text without control characters',
      params: { code: 'control-characters' },
    })
    .refine((text) => text.trim() !== '', {
      error: 'blank; leave it out, or use null to delete it',
      params: { code: 'blank' },
    })

/** One line that a person writes: a title, a name, a place. */
export const lineOfText = (max: number) => without(CONTROL, max)

/** A text that a person writes, which may have line breaks. */
export const proseText = (max: number) => without(CONTROL_BUT_LINE_BREAKS, max)
