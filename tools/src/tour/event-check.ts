import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { eventByType, eventSchemaDocument } from '@mpics/contracts/catalogue'
import type { KafkaRecord } from './kcat.js'

const ajv = addFormats.default(new Ajv2020({ strict: false }))
const compiled = new Map<string, ValidateFunction>()

function validatorOf(type: string): ValidateFunction | undefined {
  const event = eventByType.get(type)
  if (event && !compiled.has(type)) compiled.set(type, ajv.compile(eventSchemaDocument(event)))
  return compiled.get(type)
}

/** The fault of a record by its published JSON Schema; undefined when there is none. A tombstone is always right. */
export function faultOf(record: KafkaRecord): string | undefined {
  if (record.payload === null) return undefined
  const type = record.headers['ce_type'] ?? ''
  const valid = validatorOf(type)
  if (!valid) return `unknown type “${type}”`
  return valid(JSON.parse(record.payload)) ? undefined : `${type}: ${ajv.errorsText(valid.errors)}`
}

/** The values of a person that occur in a record, in any of its parts. */
export const personalDataIn = (record: KafkaRecord, values: readonly string[]): string[] => {
  const all = JSON.stringify(record).toLowerCase()
  return values.filter((v) => all.includes(v.toLowerCase()))
}
