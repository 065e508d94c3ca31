import { z } from 'zod'
import { field } from '../define/field.js'

export const shown = <T extends z.ZodType>(schema: T, description?: string) =>
  field(schema, { classification: 'public', purpose: 'trend-analysis', description })
export const count = (description: string) => shown(z.int().min(0), description)
/** What `comparedWith` says of a series. */
export const comparedPoints =
  'points of the time compared with: at times one more or fewer than in `items`, and its first and last may be parts of an interval'
