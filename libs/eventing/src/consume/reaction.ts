import type { Envelope, EventDefinition } from '@mpics/contracts'
import type { MessageHandler } from '@nestjs/microservices'
import { isObservable, lastValueFrom } from 'rxjs'
import { topicOf } from '../envelope/record.js'
import type { BatchedEvent, EventContext, Idempotence, OnOptions, ReactionTraits } from './on.js'

/** One handler of one type of event, kept apart from the other handlers of that type. */
export class Reaction {
  /** The class's name: the processed events, the metrics and the dead letters use it. */
  readonly name: string
  readonly idempotence: Idempotence
  readonly options: OnOptions
  /** Most events at once; undefined: one by one. */
  readonly batch?: number
  /** Undefined: it waits along with others. */
  readonly gatherMs?: number

  constructor(
    readonly event: EventDefinition,
    { name, batch, gatherMs, ...options }: ReactionTraits,
    private readonly handler: MessageHandler,
  ) {
    this.name = name
    this.batch = batch
    this.gatherMs = gatherMs
    this.options = options
    this.idempotence = options.idempotence
  }

  get topic(): string {
    return topicOf(this.event.type)
  }

  get everyReplica(): boolean {
    return this.options.delivery === 'every-replica'
  }

  async handle(payload: Envelope | BatchedEvent[], context: EventContext): Promise<void> {
    const result: unknown = await this.handler(payload, context)
    if (isObservable(result)) await lastValueFrom(result, { defaultValue: undefined })
  }
}

/** All versions of one fact. */
export const familyOf = (type: string): string => type.replace(/\.v\d+$/, '')

/** The one that gave up a dead letter, by its name now or before. Never another: it may have handled the event under another offset. */
export function replayedTo(found: readonly Reaction[], name = ''): readonly Reaction[] {
  const named = found.filter((reaction) => reaction.name === name)
  return named.length > 0 ? named : found.filter(({ options }) => options.formerly?.includes(name))
}

/** Finds the reactions to a type: those to its own version, else those to other versions of the same fact. */
export class Reactions {
  private readonly byFamily: Map<string, Reaction[]>

  constructor(readonly all: readonly Reaction[]) {
    this.byFamily = Map.groupBy(all, (reaction) => familyOf(reaction.event.type))
  }

  to(type: string): readonly Reaction[] {
    const family = this.byFamily.get(familyOf(type)) ?? []
    const exact = family.filter((reaction) => reaction.event.type === type)
    return exact.length > 0 ? exact : family
  }

  /** The least that one of them names, as those of a fact that comes seldom name nothing; 0 if none does. */
  get gatherMs(): number {
    const named = this.all.flatMap(({ gatherMs }) => gatherMs ?? [])
    return named.length > 0 ? Math.min(...named) : 0
  }

  get topics(): string[] {
    return [...new Set(this.all.map((reaction) => reaction.topic))]
  }
}
