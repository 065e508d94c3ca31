import { DomainError } from '@mpics/contracts'
import { ConcurrentChangeError, DuplicateKeyError, MongoUnavailableError } from '@mpics/mongo'
import { EffectInProgressError, EventTooLargeError, PermanentError, UnsureOfErasedError } from './errors.js'
import { wordsOf } from './words-of.js'

const OURS = [
  DomainError,
  PermanentError,
  EffectInProgressError,
  EventTooLargeError,
  UnsureOfErasedError,
  ConcurrentChangeError,
  DuplicateKeyError,
  MongoUnavailableError,
]

/** Says why a handler failed, and nothing about a person: an error that is not ours may quote its input. */
export function reasonOf(error: unknown): string {
  if (OURS.some((type) => error instanceof type)) return wordsOf(error)
  if (!(error instanceof Error)) return typeof error
  const { name, code } = error as Error & { code?: unknown }
  return typeof code === 'string' || typeof code === 'number' ? `${name} ${code}` : name
}
