import { randomUUID } from 'node:crypto'
import { deadLetterTopic, replayTopic } from '../topics/origin.js'
import { failPoint } from '../fail-point.js'
import type { EventWriter } from '../publish/event-writer.js'
import { type DeadLetter, type Note, type Resolution, RESOLVES } from './dead-letter.js'
import type { DeadLetterLog } from './dead-letter-log.js'
import type { Hearers } from './hearers.js'

export interface ResolveOrder {
  action: Resolution['action']
  by: string
  why: string
  /** Includes letters whose replay another operator began and never noted as sent: the event may be sent a second time. */
  takeOver?: boolean
}

export interface ResolveOutcome {
  id: string
  /** `already`: an operator had done the same; `refused`: an operator did, or is doing, something else. */
  outcome: 'done' | 'already' | 'refused'
  reason?: string
  settled?: Resolution
}

/** Notes the begin before it sends, and the end after: of two operators one sends, and a crash leaves a note of who began. */
export class ResolveDeadLetters {
  private readonly token = randomUUID()

  constructor(
    private readonly log: DeadLetterLog,
    private readonly writer: EventWriter,
    private readonly order: ResolveOrder,
    private readonly hearers?: Hearers,
  ) {}

  async execute(letters: readonly DeadLetter[]): Promise<ResolveOutcome[]> {
    const free = letters.filter((letter) => !this.isInTheWay(letter) && !this.isUnheard(letter))
    await this.note(free, this.order.action === 'replayed' ? 'replaying' : 'discarded')
    await this.log.refresh()
    if (this.order.action === 'replayed') await this.send(free.filter((letter) => letter.begun?.token === this.token))
    return letters.map((letter) => this.outcomeOf(letter))
  }

  private async send(letters: readonly DeadLetter[]): Promise<void> {
    const [first] = letters
    if (!first) return
    await failPoint('deadLetters.beforeSend')
    const records = letters.map(({ key, value, headers }) => ({ key, value, headers }))
    await this.writer.records(replayTopic(first.topic, first.group), records)
    await failPoint('deadLetters.afterSend')
    await this.note(letters, 'replayed')
    await this.log.refresh()
  }

  private async note(letters: readonly DeadLetter[], action: Note['action']): Promise<void> {
    const [first] = letters
    if (!first) return
    const notes = letters.map((letter) => ({
      key: letter.id,
      value: JSON.stringify(this.noteOn(letter, action)),
      headers: { [RESOLVES]: String(letter.offset) },
    }))
    await this.writer.records(deadLetterTopic(first.topic, first.group), notes)
  }

  private noteOn({ begun }: DeadLetter, action: Note['action']): Note {
    const { by, why } = this.order
    const insteadOf = begun && begun.token !== this.token ? begun.token : undefined
    return { action, by, why, at: new Date().toISOString(), token: this.token, ...(insteadOf && { insteadOf }) }
  }

  private isInTheWay({ settled, begun }: DeadLetter): boolean {
    return settled !== undefined || (begun !== undefined && begun.token !== this.token && !this.order.takeOver)
  }

  /** It would come back as it went. */
  private isUnheard(letter: DeadLetter): boolean {
    return this.order.action === 'replayed' && this.hearers?.include(letter) === false
  }

  private outcomeOf(letter: DeadLetter): ResolveOutcome {
    const { id, settled } = letter
    if (settled?.token === this.token) return { id, outcome: 'done', settled }
    if (!settled && this.isUnheard(letter)) return { id, outcome: 'refused', reason: unheard(letter) }
    return {
      id,
      outcome: settled?.action === this.order.action ? 'already' : 'refused',
      settled,
      reason: whyNot(letter),
    }
  }
}

const unheard = ({ reaction, group }: DeadLetter) =>
  `was given up by ${reaction}, and no reaction of ${group} to this fact is or was called so; it stays open until one names it in \`formerly\`, or it is discarded`

function whyNot({ settled, begun }: DeadLetter): string {
  if (settled) return `was ${settled.action} by ${settled.by} at ${settled.at}`
  return `is being replayed by ${begun?.by} since ${begun?.at}, who has not noted that it was sent; if they are gone, take it over`
}
