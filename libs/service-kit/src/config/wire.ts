import type { z } from 'zod'

/** How a variable that leads to another server tells whether the way there is encrypted. In a variable's `.meta({ wire })`. */
export interface Wire {
  isEncrypted(value: unknown): boolean
  /** What to write instead. */
  mend: string
}

export const httpsWire: Wire = {
  isEncrypted: (url) => String(url).startsWith('https:'),
  mend: 'an address that begins with https://',
}

export const wireOf = (schema: z.ZodType): Wire | undefined =>
  (schema.meta() as { wire?: Wire } | undefined)?.wire
