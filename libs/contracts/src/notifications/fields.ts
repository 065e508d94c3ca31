import { z } from 'zod'
import { field } from '../define/field.js'
import { named } from '../define/named.js'
import { emailCategory } from './email.events.js'

export const mail = <T extends z.ZodType>(schema: T, description?: string) =>
  field(schema, { classification: 'technical', purpose: 'mail', description })

export const category = mail(named('EmailCategory', emailCategory))
