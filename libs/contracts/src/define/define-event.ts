import { z } from 'zod'
import { aboutField } from './field.js'
import type { ServiceName } from './services.js'

export type Retention = { kind: 'days'; days: number } | { kind: 'compacted'; ofNobody?: true } | { kind: 'for-ever' }
export const days = (n: number): Retention => ({ kind: 'days', days: n })
export const compacted: Retention = { kind: 'compacted' }
/** No key of it leads to an account. */
export const compactedOfNobody: Retention = { kind: 'compacted', ofNobody: true }
export const forEver: Retention = { kind: 'for-ever' }

export interface TopicDefinition {
  readonly name: string
  readonly partitions: number
  readonly retention: Retention
  /** The services that publish to it; nobody else may. */
  readonly publishers: readonly ServiceName[]
  /** False where a trace would join browsers and accounts, or say exactly when (B31). */
  readonly traced: boolean
  readonly precision: Precision
  /** Analysts may read it. */
  readonly public: boolean
}

/** Says how exactly the facts of a topic say when something happened, in every time of theirs. */
export type Precision = 'exact' | 'second' | 'hour' | 'day'

const COARSE: readonly (readonly [topic: RegExp, precision: Precision])[] = [
  [/^traffic\.own-view$/, 'day'],
  [/^traffic\.request$/, 'hour'],
  [/^traffic\./, 'second'],
  [/^identity\.session$/, 'hour'],
]

/** A log-in or an owner’s view at an exact time could be matched with the views of a browser around it (B31). */
export const precisionOf = (topic: string): Precision => COARSE.find(([names]) => names.test(topic))?.[1] ?? 'exact'

export const isTraced = (topic: string): boolean => !ofTraffic(topic) && precisionOf(topic) === 'exact'

/** Nobody reacts to what became of a mail: its facts may be published some at a time. */
export const mayWait = (topic: string): boolean => topic === 'notifications.email'

/** What a service says of a person’s rights is nothing for analysts, whichever service it is. */
const OF_RIGHTS = /\.(export-part|erasure)$/

const ofTraffic = (topic: string): boolean => /^(traffic|analytics)\./.test(topic)

export function defineTopic(
  t: Pick<TopicDefinition, 'name' | 'partitions' | 'retention' | 'publishers'> & { public?: boolean },
): TopicDefinition {
  const counted = ofTraffic(t.name)
  return {
    ...t,
    traced: isTraced(t.name),
    precision: precisionOf(t.name),
    public: t.public ?? (counted && !OF_RIGHTS.test(t.name)),
  }
}

type Shape = Record<string, z.ZodType>

/** A fact as an aggregate states it: not yet stamped with id, time and sequence. */
export interface NewEvent<D = unknown> {
  readonly type: string
  readonly subject: string
  readonly data: D
}

/** The version before an event's, and how a fact of that version is read as one of this. */
export interface Predecessor<D = unknown> {
  readonly event: EventDefinition
  step(data: never): D
}

export const after = <S extends Shape, D>(
  event: EventDefinition<S>,
  step: (data: z.output<z.ZodObject<S>>) => D,
): Predecessor<D> => ({ event, step })

export interface EventDefinition<S extends Shape = Shape> {
  readonly type: string
  readonly version: number
  readonly topic: TopicDefinition
  readonly summary: string
  readonly schema: z.ZodObject<S>
  readonly example: z.output<z.ZodObject<S>>
  /** Absent in a first version. */
  readonly before?: Predecessor
  /** The Kafka key and `ce_subject`: what keeps its order. */
  keyOf(data: z.output<z.ZodObject<S>>): string
  /** States the fact. Throws on data that breaks the schema: a bug of the publisher, found before it is saved. */
  of(data: z.input<z.ZodObject<S>>): NewEvent<z.output<z.ZodObject<S>>>
}

/** A fact as a consumer receives it: CloudEvents 1.0 attributes and its data, parsed. */
export interface Envelope<E extends EventDefinition<never> | EventDefinition = EventDefinition> {
  readonly id: string
  readonly type: string
  readonly source: string
  readonly subject: string
  readonly time: string
  /** The aggregate's version: strictly increasing per subject. Absent on `traffic.*`. */
  readonly sequence?: number
  readonly traceparent?: string
  readonly data: E extends EventDefinition<infer S> ? z.output<z.ZodObject<S>> : unknown
}

const TYPE = /^([a-z-]+)\.([a-z-]+)\.[a-z-]+\.v([1-9]\d*)$/

/**
 * Defines a fact that may be published. `data` is strict when stating and tolerant when reading: an added optional field is
 * the only change within a version.
 */
export function defineEvent<const S extends Shape>(e: {
  type: string
  topic: TopicDefinition
  summary: string
  key: (keyof S & string) | ((data: z.output<z.ZodObject<S>>) => string)
  data: S
  example: z.output<z.ZodObject<S>>
  /** From the second version on, so that consumers of this one can read what was published before it. */
  before?: Predecessor<z.input<z.ZodObject<S>>>
}): EventDefinition<S> {
  const parts = TYPE.exec(e.type)
  if (!parts) throw new TypeError(`${e.type}: an event type is <service>.<aggregate>.<past-participle>.v<n>`)
  if (`${parts[1]}.${parts[2]}` !== e.topic.name)
    throw new TypeError(`${e.type} does not belong on the topic ${e.topic.name}`)
  for (const [name, schema] of Object.entries(e.data))
    if (!aboutField(schema)) throw new TypeError(`${e.type}: ${name} says neither its classification nor its purpose`)
  assertFollows(e.type, e.before?.event.type)
  const schema = z.object(e.data)
  const strict = z.strictObject(e.data)
  const keyOf =
    typeof e.key === 'function'
      ? e.key
      : (data: z.output<z.ZodObject<S>>) => String((data as Record<string, unknown>)[e.key as string])
  return {
    type: e.type,
    version: Number(parts[3]),
    topic: e.topic,
    summary: e.summary,
    schema,
    example: e.example,
    ...(e.before && { before: e.before }),
    keyOf,
    of(data) {
      const parsed = strict.parse(data) as z.output<z.ZodObject<S>>
      return { type: e.type, subject: keyOf(parsed), data: parsed }
    },
  }
}

/** A version leads on from the one before it, so that each can be read as each later one. */
function assertFollows(type: string, before: string | undefined): void {
  const [, family, version] = /^(.*)\.v(\d+)$/.exec(type)!
  const wanted = version === '1' ? undefined : `${family}.v${Number(version) - 1}`
  if (before !== wanted) throw new TypeError(`${type} must follow ${wanted ?? 'nothing'}, not ${before ?? 'nothing'}`)
}
