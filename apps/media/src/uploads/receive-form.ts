import type { Multipart, MultipartFile } from '@fastify/multipart'
import { photoDetails } from '@mpics/contracts'
import { InputInvalidError, inputIssuesOf } from '@mpics/service-kit'
import type { PhotoDetails } from '../photos/photo.js'
import { FileMissingError, FormMalformedError } from './upload.errors.js'

/** Beyond what any field may hold in characters, so that the schema is what refuses a text that is too long. */
const FIELD_BYTES = 16 * 1024
export const FORM_LIMITS = { fieldNameSize: 64, fieldSize: FIELD_BYTES, fields: 40, files: 1, parts: 41 }

export type FormParts = AsyncIterable<Multipart>

export interface Form<T> {
  details: PhotoDetails
  stored: T
}

/** Reads a form once, from front to back: its file goes to `store` as it comes, its fields may stand before or behind it. */
export async function receiveForm<T>(parts: FormParts, store: (file: MultipartFile['file']) => Promise<T>) {
  const fields = new Map<string, unknown[]>()
  let stored: { value: T } | undefined
  for await (const part of readable(parts)) {
    if (part.type === 'file' && part.fieldname === 'file') stored = { value: await store(part.file) }
    else if (part.type === 'file') throw unknownFile(part.fieldname)
    else fields.set(nameOf(part.fieldname), [...(fields.get(nameOf(part.fieldname)) ?? []), part.value])
  }
  if (!stored) throw new FileMissingError()
  return { details: detailsOf(fields), stored: stored.value }
}

/** Some clients write `tags[]` for what is repeated. */
const nameOf = (field: string) => field.replace(/\[\]$/, '')

function detailsOf(fields: ReadonlyMap<string, unknown[]>): PhotoDetails {
  const form = Object.fromEntries([...fields].map(([name, values]) => [name, values.length === 1 ? values[0] : values]))
  const parsed = photoDetails.safeParse(form, { reportInput: true })
  if (!parsed.success) throw new InputInvalidError(inputIssuesOf(parsed.error))
  return parsed.data
}

const unknownFile = (path: string) =>
  new InputInvalidError([{ path, code: 'unknown-field', message: 'Only `file` may be a file.' }])

/** What the parser calls a form that is not one; all else is passed on. */
async function* readable(parts: FormParts): AsyncGenerator<Multipart> {
  try {
    yield* parts
  } catch (error) {
    throw isAboutTheForm(error) ? new FormMalformedError((error as Error).message.toLowerCase()) : error
  }
}

const isAboutTheForm = (error: unknown) =>
  error instanceof Error &&
  (/^FST_(PARTS_LIMIT|FILES_LIMIT|FIELDS_LIMIT|PROTO_VIOLATION|INVALID_JSON_FIELD_ERROR|MP_PREMATURE_CLOSE)$/.test(
    (error as { code?: string }).code ?? '',
  ) ||
    /multipart|boundary|terminated early/i.test(error.message))
