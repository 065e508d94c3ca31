import type { About } from './field.js'

/**
 * States the data kept of people outside the databases and buckets of the services: in a topic, a log, a trace or a metric. Nobody
 * looks in it for an account: it is erased and exported by a rule.
 */
export interface Holding {
  /** `topic identity.account`, `logs`, … */
  readonly place: string
  /** The person to whom it leads, and the field that leads there. */
  readonly subject: string
  readonly retention: string
  readonly erasure: string
  readonly export: string
  /** Everything that may be in it, by name. */
  readonly fields: Readonly<Record<string, About>>
}
