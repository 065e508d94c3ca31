import { z } from 'zod'
import { field } from './field.js'
import { named } from './named.js'

const count = field(z.int().min(0), { classification: 'public', purpose: 'trend-analysis' })

export const views = named('Views', z.strictObject({ total: count, unique: count }))
