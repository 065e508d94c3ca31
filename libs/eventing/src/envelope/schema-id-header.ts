import { schemaIdOf } from '@mpics/contracts/catalogue'

/** Deserialisers of the Confluent family read it: which schema a value was written by. */
export const SCHEMA_ID_HEADER = '__value_schema_id'

const VERSION = 1
const ID_BYTES = 16
const headers = new Map<string, Record<string, Buffer>>()
const NONE: Record<string, Buffer> = {}

/** Empty for events that are not public. */
export function schemaIdHeader(type: string): Record<string, Buffer> {
  const made = headers.get(type)
  if (made) return made
  const id = schemaIdOf(type)
  const header = id ? { [SCHEMA_ID_HEADER]: schemaIdBytes(id) } : NONE
  headers.set(type, header)
  return header
}

export const schemaIdBytes = (id: string): Buffer =>
  Buffer.concat([Buffer.from([VERSION]), Buffer.from(id.replaceAll('-', ''), 'hex')])

/** Shows the id as people write it; undefined for other bytes. */
export function schemaIdText(bytes: Buffer): string | undefined {
  if (bytes.length !== ID_BYTES + 1 || bytes[0] !== VERSION) return undefined
  return bytes.toString('hex', 1).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
