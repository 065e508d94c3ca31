import type { Envelope, EventDefinition } from '@mpics/contracts'
import { applyDecorators, Catch, Controller, type RpcExceptionFilter, UseFilters } from '@nestjs/common'
import { Ctx, EventPattern, Payload } from '@nestjs/microservices'
import { type Observable, throwError } from 'rxjs'
import type { z } from 'zod'

/** `natural`: the sequence or offset guards the write. `once`: the server remembers events whose effect lies outside the database. */
export type Idempotence = 'natural' | 'once'

/**
 * When a reaction learns whether its event names something erased, unless before it begins. It writes only what an erasure finds: the
 * server looks once more when it is done, and has erased again what it wrote.
 *
 * - `beside`: while it writes. It lets nothing out before `EventContext.isWanted` says so. See docs/adr/0082-mails-are-prepared-while-they-are-made.md.
 * - `after`: when it is done, and not before. It lets nothing out at all. See docs/adr/0068-erasures-are-a-saga-over-the-register.md.
 */
type Look = 'beside' | 'after'

export interface OnOptions {
  idempotence: Idempotence
  /** `every-replica`: each replica hears each event; `readBackMs` says how far back it reads before it is ready. */
  delivery?: 'shared' | 'every-replica'
  readBackMs?: number
  /** Hears only what caches drop: the service is ready, and sure of all else, though it does not hear this. */
  forCaches?: true
  /** Hears of what was erased, too: it is what erases it, or brings nothing of it back. */
  ofErased?: true
  look?: Look
  /** Hears only of what a restore has lost: it does that again. */
  ofLostTimeAlone?: true
  /** Classes that it was before: their dead letters are replayed to it. */
  formerly?: readonly string[]
}

export interface OnBatchOptions {
  idempotence: 'natural'
  /** Most events in one call; 500 by default. */
  max?: number
  /** Lets Kafka hold few events back for so long, for more to come along. The least that a service's shared reactions name holds for all of them. */
  gatherMs?: number
  /** See `OnOptions`. */
  ofErased?: true
  /** See `OnOptions`. */
  formerly?: readonly string[]
}

/** A handler's second argument: where the server read the event. */
export interface EventContext {
  readonly topic: string
  readonly partition: number
  readonly offset: string
  readonly attempt: number
  /** Aborts when the replica stops or gives the partition back. */
  readonly signal: AbortSignal
  /** For a reaction that looks `beside`: looks whether the event names nothing erased. Rejects while nobody can say. */
  readonly isWanted?: () => Promise<boolean>
}

/** The last `offset` seen of a `source` guards a projection against a second delivery. */
export interface BatchedEvent<E extends EventDefinition<never> | EventDefinition = EventDefinition> {
  readonly envelope: Envelope<E>
  readonly partition: number
  readonly offset: number
  /** The partition, as text; a replayed dead letter has a source of its own, since its offset counts elsewhere. */
  readonly source: string
}

/** `batch`: most events at once; absent: one by one. `gatherMs` absent: it waits along with others. */
export interface ReactionTraits extends OnOptions {
  name: string
  batch?: number
  gatherMs?: number
}

export interface ReactionExtras {
  eventing: ReactionTraits & { events: readonly EventDefinition[] }
}

type Handler<A extends unknown[]> = <H extends (...args: A) => Promise<unknown>>(
  target: object,
  key: string | symbol,
  descriptor: TypedPropertyDescriptor<H>,
) => void

type Shape = Record<string, z.ZodType>

const nameOf = (target: object) => target.constructor.name

/** Nest hands over only the payload, unless the parameters declare the context too. */
function hear(extras: ReactionExtras, target: object, key: string | symbol, descriptor: PropertyDescriptor): void {
  const types = extras.eventing.events.map(({ type }) => type)
  EventPattern(types, extras)(target, key, descriptor)
  Payload()(target, key, 0)
  Ctx()(target, key, 1)
}

/** Reacts to one fact, or in the same way to several. */
export function On<E extends EventDefinition<never> | EventDefinition>(
  event: E | readonly E[],
  options: OnOptions,
): Handler<[envelope: Envelope<E>, context: EventContext]> {
  return (target, key, descriptor) => {
    const events = [event].flat() as unknown as EventDefinition[]
    hear({ eventing: { ...options, events, name: nameOf(target) } }, target, key, descriptor)
  }
}

/** Reacts to many events of one type at once, in order per partition. All reactions of a service to such a topic must be batched. */
export function OnBatch<S extends Shape>(
  event: EventDefinition<S>,
  options: OnBatchOptions,
): Handler<[events: BatchedEvent<EventDefinition<S>>[], context: EventContext]> {
  return (target, key, descriptor) => {
    const { max = 500, ...rest } = options
    const events = [event] as unknown as EventDefinition[]
    hear({ eventing: { ...rest, batch: max, events, name: nameOf(target) } }, target, key, descriptor)
  }
}

/** Nest's own filter would replace the error; the server needs it to tell retry from dead letter. */
@Catch()
class KeepError implements RpcExceptionFilter {
  catch(error: unknown): Observable<never> {
    return throwError(() => error)
  }
}

/** A class of reactions to events: its module lists it under `controllers`. */
export const EventConsumer = (): ClassDecorator => applyDecorators(Controller(), UseFilters(new KeepError()))
