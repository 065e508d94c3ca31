import { DomainError, type ErrorKind } from '@mpics/contracts'

/** A handler throws it where no retry would help: the event goes to the dead letters at once. */
export class PermanentError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = new.target.name
  }
}

/** The record is no readable fact of the catalogue. */
export class UnreadableEventError extends PermanentError {}

/** A dead letter came back that no reaction to its fact gave up, under its name of now or of before. */
export class UnknownReactionError extends PermanentError {
  constructor(reaction: string) {
    super(`no reaction to this fact is or was called ${reaction || 'nothing'}`)
  }
}

/** Kafka would refuse the event for its size; the check before saving keeps it from holding up the events behind it. */
export class EventTooLargeError extends Error {
  constructor(type: string, bytes: number) {
    super(`${type}: ${bytes} bytes are more than a fact about ids can need`)
    this.name = 'EventTooLargeError'
  }
}

/** Kafka takes page views too slowly, or not at all. */
export class PublisherUnavailableError extends DomainError {
  readonly code = 'events-unavailable'
  readonly kind: ErrorKind = 'unavailable'
}

/** Nobody can say what was erased, or what came late could not be erased again: no event is given up over it. */
export class UnsureOfErasedError extends Error {
  constructor(reason: string, options: ErrorOptions) {
    super(`it is not sure that all of somebody erased is gone: ${reason}`, options)
    this.name = 'UnsureOfErasedError'
  }
}

/** Another replica is carrying out the same effect now. */
export class EffectInProgressError extends Error {
  constructor(effect: string) {
    super(`somebody is at ${effect} already`)
    this.name = 'EffectInProgressError'
  }
}
