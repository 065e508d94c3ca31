import { z } from 'zod'

/** A text with so many characters, counted as JSON Schema counts them: by code points, where `length` counts UTF-16 units. */
export const characters = (min: number, max: number, text: z.ZodString = z.string()): z.ZodString =>
  text
    .check(({ value, issues }) => {
      if (value.length >= 2 * min && value.length <= max) return
      const length = value.length > 2 * max ? Infinity : charactersIn(value)
      const bound = { origin: 'string', inclusive: true, input: value } as const
      if (length < min)
        issues.push({ ...bound, code: 'too_small', minimum: min, message: `at least ${min} characters` })
      if (length > max) issues.push({ ...bound, code: 'too_big', maximum: max, message: `at most ${max} characters` })
    })
    .meta({ minLength: min, maxLength: max })

const PAIRS = /[\ud800-\udbff][\udc00-\udfff]/g

/** Two units are one character where they are a pair. */
const charactersIn = (text: string): number => text.length - (text.match(PAIRS)?.length ?? 0)
