import { createHash } from 'node:crypto'
import type { Multipart, MultipartFile, MultipartValue } from '@fastify/multipart'
import { DomainError, media } from '@mpics/contracts'
import { brokenTextsOf, checkedInput, InputInvalidError, replacedTextsOf } from '@mpics/service-kit'
import type { PhotoDetails } from '../photos/photo.js'
import { FileMissingError, FormMalformedError } from './upload.errors.js'

/** More than any field may hold, so that the schema refuses a text that is too long. */
const FIELD_BYTES = 16 * 1024
export const FORM_LIMITS = { fieldNameSize: 64, fieldSize: FIELD_BYTES, fields: 40, files: 1, parts: 41 }

export type FormParts = AsyncIterable<Multipart>

export interface Form<T> {
  details: PhotoDetails
  /** Of all fields as they came, whatever their order. */
  digest: Buffer
  stored: T
}

/** Reads a form once, from front to back: its file goes to `store` as it comes, its fields may stand before or behind it. */
export async function receiveForm<T>(
  open: () => FormParts,
  store: (file: MultipartFile['file']) => Promise<T>,
): Promise<Form<T>> {
  const fields = new Map<string, unknown[]>()
  let stored: { value: T } | undefined
  try {
    for await (const part of open()) {
      const name = nameOf(part)
      if (part.type === 'field') add(fields, name, part)
      else if (name === 'file') stored = { value: await store(part.file) }
      else throw unknownFile(name)
    }
  } catch (error) {
    throw isAboutTheForm(error) ? new FormMalformedError(wordsOf(error)) : error
  }
  if (!stored) throw new FileMissingError()
  return { details: detailsOf(fields), digest: digestOf(fields), stored: stored.value }
}

/** Each part has one (RFC 7578 §4.2); the parser passes on what has none. */
function nameOf({ fieldname }: { fieldname: string | undefined }): string {
  if (fieldname === undefined) throw new FormMalformedError('a part of it has no name')
  return fieldname
}

/** Some clients write `tags[]` for a repeated field. All write line ends as CR LF (https://html.spec.whatwg.org/#multipart-form-data). */
function add(fields: Map<string, unknown[]>, fieldname: string, { value }: MultipartValue): void {
  const name = fieldname.replace(/\[\]$/, '')
  const said = typeof value === 'string' ? value.replaceAll(/\r\n?/g, '\n') : value
  fields.set(name, [...(fields.get(name) ?? []), said])
}

const digestOf = (fields: ReadonlyMap<string, unknown[]>): Buffer =>
  createHash('sha256')
    .update(JSON.stringify([...fields].sort(([a], [b]) => (a < b ? -1 : 1))))
    .digest()

function detailsOf(fields: ReadonlyMap<string, unknown[]>): PhotoDetails {
  const form = Object.fromEntries([...fields].map(([name, values]) => [name, values.length === 1 ? values[0] : values]))
  // a part may be JSON, or in another charset
  const broken = [...replacedTextsOf(form), ...brokenTextsOf(form)]
  if (broken.length > 0) throw new InputInvalidError(broken)
  return checkedInput(media.photoDetails, form)
}

const unknownFile = (path: string) =>
  new InputInvalidError([{ path, code: 'unknown-field', message: 'Only `file` may be a file.' }])

const PARSER_CODES =
  /^FST_(PARTS_LIMIT|FILES_LIMIT|FIELDS_LIMIT|PROTO_VIOLATION|INVALID_JSON_FIELD_ERROR|MP_PREMATURE_CLOSE)$/

/** The parser searches for boundaries of at most 252 characters; RFC 2046 §5.1.1 allows 70. */
const wordsOf = ({ message }: Error) =>
  message.includes('needle') ? 'its boundary is too long' : message.toLowerCase()

/** The parser refuses a malformed form, and streams break when the client goes away. */
function isAboutTheForm(error: unknown): error is Error {
  if (error instanceof DomainError) return false
  const { code = '', message = '' } = error as NodeJS.ErrnoException
  return PARSER_CODES.test(code) || code === 'ECONNRESET' || /multipart|boundary|needle|terminated early/i.test(message)
}
