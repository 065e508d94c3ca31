import { z } from 'zod'
import { ConfigError } from './config-error.js'
import { sentenceOf } from './sentence.js'
import { assertWired } from './wire.js'

export type Environment = Readonly<Record<string, string | undefined>>
export type ConfigShape = Record<string, z.ZodType>

/** One line of the configuration table. */
export interface Variable {
  readonly name: string
  readonly description: string
  readonly default: string | undefined
  readonly required: boolean
  readonly secret: boolean
}

export interface ConfigClass<C extends object = object> {
  new (environment?: Environment): C
  readonly shape: ConfigShape
  readonly variables: readonly Variable[]
}

/**
 * Makes the class of a typed environment: `class MediaConfig extends defineConfig({ … }) {}`. Each variable describes itself with
 * `.meta({ description, secret?, wire? })`; an empty value counts as absent.
 */
export function defineConfig<S extends ConfigShape>(shape: S): ConfigClass<z.output<z.ZodObject<S>>> {
  assertWired(shape)
  class Config {
    static readonly shape = shape
    static readonly variables = Object.entries(shape).map(([name, schema]) => variableOf(name, schema))

    constructor(environment: Environment = process.env) {
      Object.assign(this, read(shape, environment))
    }
  }
  return Config as unknown as ConfigClass<z.output<z.ZodObject<S>>>
}

function read(shape: ConfigShape, environment: Environment): Record<string, unknown> {
  const values: Record<string, unknown> = {}
  const sentences: string[] = []
  for (const [name, schema] of Object.entries(shape)) {
    const value = environment[name] === '' ? undefined : environment[name]
    const parsed = schema.safeParse(value)
    if (parsed.success) values[name] = parsed.data
    else sentences.push(sentenceOf(variableOf(name, schema), value !== undefined, parsed.error))
  }
  if (sentences.length > 0) throw new ConfigError(sentences)
  return values
}

function variableOf(name: string, schema: z.ZodType): Variable {
  const meta = schema.meta() as { description?: string; secret?: boolean } | undefined
  const unset = schema.safeParse(undefined)
  return {
    name,
    description: meta?.description ?? '',
    default: unset.success ? defaultOf(unset.data) : undefined,
    required: !unset.success,
    secret: meta?.secret ?? false,
  }
}

function defaultOf(value: unknown): string | undefined {
  if (value === undefined || value === '') return undefined
  return typeof value === 'string' ? value : JSON.stringify(value)
}
