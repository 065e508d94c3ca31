import type { Schema, SchemaType } from 'mongoose'

const KINDS: Readonly<Record<string, (value: unknown) => boolean>> = {
  String: (value) => typeof value === 'string',
  Number: Number.isFinite,
  Boolean: (value) => typeof value === 'boolean',
  Date: (value) => value instanceof Date && !Number.isNaN(value.getTime()),
}

type Holds = (value: unknown) => boolean

/** mongoose leaves these names out of a copy. */
const NEVER_COPIED = new Set(['__proto__', 'constructor', 'prototype'])

/** Tells fields that mongoose would store as they are: its documents take longer to make than the driver to send them. */
export class PlainFields {
  private readonly fields: ReadonlyMap<string, Holds>
  private readonly mustCome: readonly string[]

  constructor(schema: Schema) {
    this.fields = new Map(Object.entries(schema.paths).map(([name, type]) => [name, holdsOf(type)]))
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
    return Object.entries(fields).every(([name, value]) => this.fields.get(name)?.(value) ?? false)
  }

  areKnown(names: readonly string[]): boolean {
    return names.every((name) => this.fields.has(name))
  }
}

function holdsOf(type: SchemaType): Holds {
  if (isChanged(type)) return () => false
  const holds = kindOf(type)
  if (!isRequired(type)) return (value) => value === null || holds(value)
  // what is required must not be empty either
  return (value) => value !== null && value !== '' && holds(value)
}

function kindOf(type: SchemaType): Holds {
  const { instance, embeddedSchemaType: of } = type as SchemaType & { embeddedSchemaType?: SchemaType }
  if (instance === 'Mixed') return isDefined
  if (instance !== 'Array' || !of) return KINDS[instance] ?? (() => false)
  const item = holdsOf(of)
  return (value) => Array.isArray(value) && value.every(item)
}

/** Neither absent nor with absent parts. */
function isDefined(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return value !== undefined
  if (ArrayBuffer.isView(value)) return true
  return Object.entries(value).every(([name, part]) => !NEVER_COPIED.has(name) && isDefined(part))
}

/** By a rule or a setter. */
const isChanged = (type: SchemaType) =>
  type.validators.some(({ type: kind }) => kind !== 'required') || settersOf(type).length > 0
const isRequired = ({ isRequired: required }: SchemaType & { isRequired?: boolean }) => required === true
const settersOf = ({ setters = [] }: SchemaType & { setters?: unknown[] }) => setters
const hasDefault = (type: SchemaType) => (type as { defaultValue?: unknown }).defaultValue !== undefined
