import { z } from 'zod'

/**
 * Spells the name of a zone as the IANA database does; undefined for what is none. Intl takes offsets too, which are no
 * place, and gives other names of a place up for the one it knows.
 */
function spelled(typed: string): string | undefined {
  if (!/^[A-Za-z]/.test(typed) || !isZone(typed)) return undefined
  const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: typed }).resolvedOptions()
  if (timeZone.toLowerCase() === typed.toLowerCase()) return timeZone
  return /[A-Z]/.test(typed) ? typed : typed.replace(/(?<![a-z])[a-z]/g, (letter) => letter.toUpperCase())
}

function isZone(timeZone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }) instanceof Intl.DateTimeFormat
  } catch {
    return false
  }
}

/** A place in the world in the IANA database, e.g. `Europe/Berlin`. */
export const timeZone = z
  .string()
  .min(1)
  .max(64)
  .overwrite((typed) => spelled(typed) ?? typed)
  .refine((typed) => spelled(typed) !== undefined, { error: 'not a known time zone, such as Europe/Berlin' })
