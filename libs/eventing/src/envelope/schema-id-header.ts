import { schemaIdOf } from '@mpics/contracts/catalogue'

/** Deserialisers of the Confluent family read it: which schema a value was written by. */
export const SCHEMA_ID_HEADER = '__value_schema_id'

const VERSION = 1
const ID_BYTES = 16
const made = new Map<string, Buffer | null>()

/** What the header holds; null for events that are not public. */
export function schemaIdOfType(type: string): Buffer | null {
  const known = made.get(type)
  if (known !== undefined) return known
  const id = schemaIdOf(type)
  const bytes = id ? schemaIdBytes(id) : null
  made.set(type, bytes)
  return bytes
}

export const schemaIdBytes = (id: string): Buffer =>
  Buffer.concat([Buffer.from([VERSION]), Buffer.from(id.replaceAll('-', ''), 'hex')])

/** Shows the id as people write it; undefined for other bytes. */
export function schemaIdText(bytes: Buffer): string | undefined {
  if (bytes.length !== ID_BYTES + 1 || bytes[0] !== VERSION) return undefined
  return bytes.toString('hex', 1).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
