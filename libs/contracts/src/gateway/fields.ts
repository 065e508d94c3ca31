import type { z } from 'zod'
import { field, type Purpose } from '../define/field.js'

/** The policy names three uses of traffic data: diagnosing problems, analysing trends, administering the site (B14). */
export const traffic = <T extends z.ZodType>(schema: T, description?: string, purpose: Purpose = 'trend-analysis') =>
  field(schema, { classification: 'traffic', purpose, description })
