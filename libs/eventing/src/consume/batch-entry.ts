import type { EventDefinition } from '@mpics/contracts'
import { envelopeOf } from '../envelope/read-record.js'
import { type Message, type RecordTexts, textsOf } from '../envelope/record-texts.js'
import { type Origin, sourceOf } from '../topics/origin.js'
import type { BatchedEvent } from './on.js'
import type { Reaction } from './reaction.js'

interface Read {
  readonly as: EventDefinition
  readonly event: BatchedEvent
  readonly before: Read | undefined
}

/** A message of a batch, and what became of it. */
export class BatchEntry {
  private read?: Read
  /** A piece that is tried again goes on with the others. */
  private behind?: Set<Reaction>

  constructor(
    readonly message: Message,
    private readonly reactions: readonly Reaction[],
    private texts?: RecordTexts,
  ) {}

  get isForNobody(): boolean {
    return this.reactions.length === 0
  }

  isFor(reaction: Reaction): boolean {
    return this.reactions.includes(reaction) && !this.behind?.has(reaction)
  }

  finish(reaction: Reaction): void {
    this.behind ??= new Set()
    this.behind.add(reaction)
  }

  /** Reactions to one event share it, and so do attempts. */
  eventOf(definition: EventDefinition, origin: Origin): BatchedEvent {
    for (let one = this.read; one; one = one.before) if (one.as === definition) return one.event
    this.read = { as: definition, event: this.readAs(definition, origin), before: this.read }
    return this.read.event
  }

  private readAs(definition: EventDefinition, origin: Origin): BatchedEvent {
    const texts = this.texts ?? textsOf(this.message)
    this.texts = undefined
    return {
      envelope: envelopeOf(texts, definition),
      partition: origin.partition,
      offset: Number(this.message.offset),
      source: sourceOf(origin),
    }
  }
}
