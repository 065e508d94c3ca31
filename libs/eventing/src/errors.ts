import { DomainError, type ErrorKind } from '@mpics/contracts'

/** Thrown by a handler for what no retry would mend: the event goes to the dead letters at once. */
export class PermanentError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = new.target.name
  }
}

/** A record that is no readable fact of the catalogue. */
export class UnreadableEventError extends PermanentError {}

/** An event that Kafka would refuse for its size; found before it is saved, so that it cannot hold up the ones behind it. */
export class EventTooLargeError extends Error {
  constructor(type: string, bytes: number) {
    super(`${type}: ${bytes} bytes are more than a fact about ids can need`)
    this.name = 'EventTooLargeError'
  }
}

/** Kafka does not take page views fast enough, or at all. */
export class PublisherUnavailableError extends DomainError {
  readonly code = 'events-unavailable'
  readonly kind: ErrorKind = 'unavailable'
}

/** Another replica is at the same effect at this moment. */
export class EffectInProgressError extends Error {
  constructor(effect: string) {
    super(`somebody is at ${effect} already`)
    this.name = 'EffectInProgressError'
  }
}
