import { isUtf8 } from 'node:buffer'
import type { InputIssue } from '@mpics/contracts'
import { BodyMalformedError } from './general.errors.js'

/** Text of a body. Other bytes than UTF-8 (RFC 8259 §8.1) would be read as U+FFFD, and what was written be lost in silence. */
export function textOf(body: Uint8Array): string {
  if (!isUtf8(body)) throw new BodyMalformedError('The body is not in UTF-8.')
  return Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString()
}

/** Text of a form, or of an address, whose escapes must be UTF-8 too. */
export function escapedTextOf(form: Uint8Array): string {
  const latin1 = Buffer.from(form.buffer, form.byteOffset, form.byteLength).toString('latin1')
  const plain = latin1.replace(/%([\da-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  if (!isUtf8(Buffer.from(plain, 'latin1'))) throw new BodyMalformedError('The form or address is not in UTF-8.')
  return textOf(form)
}

/** Finds half characters (lone surrogates) in the texts of a JSON value: no database keeps them, and no encoding writes them. */
export function brokenTextsOf(value: unknown, path: readonly string[] = []): InputIssue[] {
  if (typeof value === 'string') return value.isWellFormed() ? [] : [issueAt(path)]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, member]) =>
    name.isWellFormed() ? brokenTextsOf(member, [...path, name]) : [issueAt(path)],
  )
}

const issueAt = (path: readonly string[]): InputIssue => ({
  path: path.join('.').slice(0, 100),
  code: 'not-well-formed',
  message: 'This text holds half a character; send whole ones.',
})
