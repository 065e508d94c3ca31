import type { z } from 'zod'

/** How a variable that leads to another server tells whether the way there is encrypted. In a variable's `.meta({ wire })`. */
export interface Wire {
  isEncrypted(value: unknown): boolean
  mend: string
}

export const httpsWire: Wire = {
  isEncrypted: (url) => String(url).startsWith('https:'),
  mend: 'an address that begins with https://',
}

const LEADS_AWAY = /_(URL|URI|ENDPOINT)$/

/** Null for an address that the service itself never connects to. */
export const wireOf = (schema: z.ZodType): Wire | null | undefined =>
  (schema.meta() as { wire?: Wire | null } | undefined)?.wire

/** Throws where nobody thought of encryption, so that INTERNAL_TLS_REQUIRED holds for every address. */
export function assertWired(shape: Readonly<Record<string, z.ZodType>>): void {
  const open = Object.entries(shape).find(([name, schema]) => LEADS_AWAY.test(name) && wireOf(schema) === undefined)
  if (open) throw new TypeError(`${open[0]} leads to a server: say in its meta by \`wire\` whether that is encrypted.`)
}
