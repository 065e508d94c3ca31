import { z } from 'zod'
import { field } from '../define/field.js'

export const mail = <T extends z.ZodType>(schema: T, description?: string) =>
  field(schema, { classification: 'technical', purpose: 'mail', description })
