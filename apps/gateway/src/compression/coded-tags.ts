import type { IncomingHttpHeaders } from 'node:http'
import type { Coding } from './content-coding.js'

/**
 * A strong tag names bytes, and other bytes have another one (RFC 9110 §8.8.3.3). A weak tag names what they mean, which a coding
 * does not change.
 */
export const codedTag = (tag: string, coding: Coding): string =>
  tag.startsWith('W/') ? tag : tag.replace(/"$/, `+${coding}"`)

const CODED = /\+(?:br|gzip)"/g
const CONDITIONS = ['if-match', 'if-none-match', 'if-range'] as const

/** Gives handlers and services back the tags that they made. */
export function uncodeTags(headers: IncomingHttpHeaders): void {
  for (const name of CONDITIONS) {
    const field = headers[name]
    if (typeof field === 'string') headers[name] = field.replace(CODED, '"')
  }
}
