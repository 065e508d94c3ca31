import type { z } from 'zod'

type Fits = (value: unknown) => boolean
type Schema = z.core.$ZodTypes
type Kind<T extends Schema['_zod']['def']['type']> = Extract<Schema, { _zod: { def: { type: T } } }>

interface Field {
  readonly name: string
  readonly isOptional: boolean
  readonly fits: Fits
}

/** A pattern says all of them. */
const FORMATS: ReadonlySet<string> = new Set(['regex', 'uuid', 'datetime', 'date'])

const known = new WeakMap<z.ZodType, Fits>()
const never: Fits = () => false

/**
 * Parses a value as the schema does. What is surely right is handed on as it is: Zod would make the same once more, and two objects for
 * each field of it. All else is for Zod.
 */
export function parsed<T extends z.ZodType>(schema: T, value: unknown): z.output<T> {
  const fits = known.get(schema) ?? learned(schema)
  return fits(value) ? (value as z.output<T>) : schema.parse(value)
}

function learned(schema: z.ZodType): Fits {
  const fits = fitsOf(schema as unknown as Schema) ?? never
  known.set(schema, fits)
  return fits
}

/** Undefined where only Zod can say: rules are known of texts alone. */
function fitsOf(schema: Schema): Fits | undefined {
  const { type, checks } = schema._zod.def
  if (type === 'string') return ofText(schema)
  if (checks?.length) return undefined
  if (type === 'boolean') return (value) => typeof value === 'boolean'
  if (type === 'nullable') return ofNullable(schema as Kind<'nullable'>)
  return type === 'object' ? ofObject(schema as Kind<'object'>) : undefined
}

/** Zod counts code points, which are one unit or two: a text whose units leave that open is for Zod. */
function ofText(schema: Schema): Fits | undefined {
  let [least, most] = [0, Infinity]
  const patterns: RegExp[] = []
  for (const { _zod } of [...('check' in schema._zod ? [schema] : []), ...(schema._zod.def.checks ?? [])]) {
    const { def } = _zod as z.core.$ZodChecks['_zod']
    if (def.check === 'max_length') most = Math.min(most, def.maximum)
    else if (def.check === 'min_length') least = Math.max(least, 2 * def.minimum - 1)
    else if (def.check === 'length_equals') patterns.push(new RegExp(`^[^\\ud800-\\udfff]{${def.length}}$`))
    else if (def.check === 'string_format' && FORMATS.has(def.format)) patterns.push(def.pattern!)
    else return undefined
  }
  const [pattern, ...more] = patterns
  if (more.length > 0 || pattern?.global || pattern?.sticky) return undefined
  const isInBounds = (text: unknown): text is string =>
    typeof text === 'string' && text.length >= least && text.length <= most
  return pattern ? (text) => isInBounds(text) && pattern.test(text) : isInBounds
}

function ofNullable({ _zod: { def } }: Kind<'nullable'>): Fits | undefined {
  const fits = fitsOf(def.innerType as Schema)
  return fits && ((value) => value === null || fits(value))
}

/** A plain one that has all its fields, in their order, and no other. */
function ofObject({ _zod: { def } }: Kind<'object'>): Fits | undefined {
  const fields = Object.entries(def.shape).map(([name, schema]) => fieldOf(name, schema as Schema))
  if (def.catchall || !fields.every((field) => field !== undefined)) return undefined
  return (value) => {
    if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return false
    let next = 0
    for (const name in value) {
      while (fields[next]?.name !== name) if (!fields[next++]?.isOptional) return false
      if (!fields[next++]!.fits((value as Record<string, unknown>)[name])) return false
    }
    while (next < fields.length) if (!fields[next++]!.isOptional) return false
    return true
  }
}

function fieldOf(name: string, schema: Schema): Field | undefined {
  const { def } = schema._zod
  const isOptional = def.type === 'optional' && !def.checks?.length
  const fits = fitsOf(isOptional ? (def.innerType as Schema) : schema)
  return fits && !(name in Object.prototype) ? { name, isOptional, fits } : undefined
}
