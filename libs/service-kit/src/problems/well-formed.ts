import { isUtf8 } from 'node:buffer'
import type { InputIssue } from '@mpics/contracts'
import { BodyMalformedError } from './general.errors.js'
import { MAX_JSON_DEPTH } from './json-depth.js'

/** Decodes a body. Other bytes than UTF-8 (RFC 8259 §8.1) would be read as U+FFFD, and what was written be lost in silence. */
export function textOf(body: Uint8Array): string {
  if (!isUtf8(body)) throw new BodyMalformedError('The body is not in UTF-8.')
  return Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString()
}

/** Decodes a form, or an address, whose escapes must be UTF-8 too. */
export function escapedTextOf(form: Uint8Array): string {
  const latin1 = Buffer.from(form.buffer, form.byteOffset, form.byteLength).toString('latin1')
  const plain = latin1.replace(/%([\da-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  if (!isUtf8(Buffer.from(plain, 'latin1'))) throw new BodyMalformedError('The form or address is not in UTF-8.')
  return textOf(form)
}

type Test = (text: string) => boolean

/** Finds half characters (lone surrogates) in the texts of a JSON value: no database keeps them, and no encoding writes them. */
export const brokenTextsOf = (value: unknown): InputIssue[] => issuesOf(value, (text) => !text.isWellFormed())

/** Finds U+FFFD, which a parser that hides the bytes has put for those that were no UTF-8. */
export const replacedTextsOf = (value: unknown): InputIssue[] => issuesOf(value, (text) => text.includes('\ufffd'))

const issuesOf = (value: unknown, isBroken: Test): InputIssue[] =>
  isSound(value, isBroken, 0) ? [] : textsIn(value, isBroken, [])

/** Nearly every value is: this look keeps no paths. */
function isSound(value: unknown, isBroken: Test, depth: number): boolean {
  if (typeof value === 'string') return !isBroken(value)
  if (typeof value !== 'object' || value === null) return true
  if (depth >= MAX_JSON_DEPTH) return false
  if (Array.isArray(value)) return areSound(value, isBroken, depth + 1)
  for (const name in value)
    if (isBroken(name) || !isSound(value[name as keyof typeof value], isBroken, depth + 1)) return false
  return true
}

function areSound(values: readonly unknown[], isBroken: Test, depth: number): boolean {
  for (const value of values) if (!isSound(value, isBroken, depth)) return false
  return true
}

function textsIn(value: unknown, isBroken: Test, path: readonly string[]): InputIssue[] {
  if (typeof value === 'string') return isBroken(value) ? [issueAt(path)] : []
  if (typeof value !== 'object' || value === null) return []
  if (path.length >= MAX_JSON_DEPTH) return [tooDeepAt(path)]
  return Object.entries(value).flatMap(([name, member]) =>
    isBroken(name) ? [issueAt(path)] : textsIn(member, isBroken, [...path, name]),
  )
}

const nameOf = (path: readonly string[]) => path.join('.').slice(0, 100)
const tooDeepAt = (path: readonly string[]): InputIssue => ({
  path: nameOf(path),
  code: 'invalid',
  message: 'This is nested too deeply.',
})
const issueAt = (path: readonly string[]): InputIssue => ({
  path: nameOf(path),
  code: 'not-well-formed',
  message: 'This text is no well-formed Unicode; send it in UTF-8.',
})
