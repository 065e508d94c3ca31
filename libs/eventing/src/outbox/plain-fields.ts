import type { Schema, SchemaType } from 'mongoose'

const KINDS: Readonly<Record<string, (value: unknown) => boolean>> = {
  String: (value) => typeof value === 'string',
  Number: Number.isFinite,
  Boolean: (value) => typeof value === 'boolean',
  Date: (value) => value instanceof Date && !Number.isNaN(value.getTime()),
}

interface Field {
  required: boolean
  holds: (value: unknown) => boolean
}

/** Tells fields that mongoose would store as they are: its documents take longer to make than the driver to send them. */
export class PlainFields {
  private readonly fields: ReadonlyMap<string, Field>
  private readonly mustCome: readonly string[]

  constructor(schema: Schema) {
    this.fields = new Map(Object.entries(schema.paths).map(([name, type]) => [name, fieldOf(type)]))
    const comes = ([name, type]: [string, SchemaType]) => name.includes('.') || hasDefault(type) || isRequired(type)
    this.mustCome = Object.entries(schema.paths)
      .filter(comes)
      .map(([name]) => name)
  }

  /** False also for what mongoose refuses. */
  areWhole(document: Readonly<Record<string, unknown>>): boolean {
    return this.mustCome.every((name) => name in document) && this.areSet(document)
  }

  areSet(fields: Readonly<Record<string, unknown>>): boolean {
    return Object.entries(fields).every(([name, value]) => {
      const field = this.fields.get(name)
      if (field === undefined) return false
      // what is required must not be empty either
      return value === null ? !field.required : field.holds(value) && !(field.required && value === '')
    })
  }
}

function fieldOf(type: SchemaType): Field {
  const isChanged = type.validators.some(({ type: kind }) => kind !== 'required') || settersOf(type).length > 0
  return { required: isRequired(type), holds: isChanged ? () => false : holdsOf(type) }
}

function holdsOf(type: SchemaType): (value: unknown) => boolean {
  const { instance, embeddedSchemaType: of } = type as SchemaType & { embeddedSchemaType?: SchemaType }
  if (instance === 'Mixed') return isDefined
  if (instance !== 'Array' || !of) return KINDS[instance] ?? (() => false)
  if (of.instance === 'Mixed') return (value) => Array.isArray(value) && value.every(isDefined)
  const one = KINDS[of.instance]
  return (value) => Array.isArray(value) && (value.length === 0 || (one !== undefined && value.every(one)))
}

/** Neither absent nor with absent parts. */
const isDefined = (value: unknown): boolean =>
  value !== undefined && (typeof value !== 'object' || value === null || Object.values(value).every(isDefined))

const isRequired = ({ isRequired: required }: SchemaType & { isRequired?: boolean }) => required === true
const settersOf = ({ setters = [] }: SchemaType & { setters?: unknown[] }) => setters
const hasDefault = (type: SchemaType) => (type as { defaultValue?: unknown }).defaultValue !== undefined
