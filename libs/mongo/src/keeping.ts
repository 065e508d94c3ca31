import { DAY_MS, HOUR_MS, MINUTE_MS } from '@mpics/contracts/durations'
import type { AgeOfDocuments, AgeOfObjects, Keeping } from './age.js'

export type KeptDocuments = Keeping & { readonly age: AgeOfDocuments }

/** A time for which something is kept: `days(90).after('the session was opened').endsAt('purgeAt')`. */
class Period {
  constructor(
    readonly ms: number,
    private readonly words: string,
  ) {}

  after(event: string): Span {
    return new Span(this.ms, `${this.words} after ${event}`)
  }
}

class Span {
  constructor(
    private readonly ms: number,
    private readonly words: string,
  ) {}

  /** What may end it earlier, e.g. “until the account is erased”. */
  or(earlier: string): Span {
    return new Span(this.ms, `${this.words}, or ${earlier}`)
  }

  /** `field` holds the moment from which the time counts. */
  beginsAt(field: string): KeptDocuments {
    return { retention: this.words, age: { ms: this.ms, field, marks: 'begin' } }
  }

  /** `field` holds the moment at which the time is over. */
  endsAt(field: string): KeptDocuments {
    return { retention: this.words, age: { ms: this.ms, field, marks: 'end' } }
  }

  ofObjects(begun: AgeOfObjects['begun']): Keeping {
    return { retention: this.words, age: { ms: this.ms, begun } }
  }
}

const period = (unit: number, name: string) => (n: number) => new Period(n * unit, `${n} ${name}${n === 1 ? '' : 's'}`)

export const minutes = period(MINUTE_MS, 'minute')
export const hours = period(HOUR_MS, 'hour')
export const days = period(DAY_MS, 'day')

/** No time ends it, but an event. */
export const keptUntil = (event: string): Keeping => ({ retention: `until ${event}`, age: null })
export const untilErased = keptUntil('the account is erased')
export const keptForEver: Keeping = { retention: 'for ever', age: null }

/** The TTL index by which MongoDB removes what is too old. */
export const ttlKeys = ({ age }: KeptDocuments): Record<string, 1> => ({ [age.field]: 1 })
export const ttlSeconds = ({ age }: KeptDocuments): number => (age.marks === 'end' ? 0 : age.ms / 1000)
