import { DomainError } from '@mpics/contracts'
import { ConcurrentChangeError, DuplicateKeyError, MongoUnavailableError } from '@mpics/mongo'
import { EffectInProgressError, EventTooLargeError, PermanentError } from '../errors.js'

const OURS = [
  DomainError,
  PermanentError,
  EffectInProgressError,
  EventTooLargeError,
  ConcurrentChangeError,
  DuplicateKeyError,
  MongoUnavailableError,
]
const ADDRESS = /[^\s@<>"']+@[^\s@<>"']+\.[^\s@<>"']+/g
const MAX_REASON_LENGTH = 300

/** Says why a handler failed, and nothing about a person: an error that is not ours may quote its input. */
export function reasonOf(error: unknown): string {
  if (OURS.some((type) => error instanceof type)) return wordsOf(error)
  if (!(error instanceof Error)) return typeof error
  const { name, code } = error as Error & { code?: unknown }
  return typeof code === 'string' || typeof code === 'number' ? `${name} ${code}` : name
}

/** Keeps the message of errors of Kafka and of ours, which speak of topics and servers. */
export function wordsOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error)
  return text.replace(ADDRESS, '…').slice(0, MAX_REASON_LENGTH)
}
