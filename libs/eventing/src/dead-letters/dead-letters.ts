import type { Consumption } from '@mpics/contracts/catalogue'
import { deadLetterTopic } from '../topics/origin.js'
import type { KafkaAccess } from '../eventing-options.js'
import { EventWriter } from '../publish/event-writer.js'
import { withAdmin } from '../topics/topics.js'
import { type DeadLetter, NoSuchDeadLetterError, placeOf, type Resolution } from './dead-letter.js'
import { DeadLetterLog } from './dead-letter-log.js'
import { Hearers } from './hearers.js'
import { ResolveDeadLetters, type ResolveOrder, type ResolveOutcome } from './resolve-dead-letters.js'

export interface DeadLetterFilter {
  group?: string
  topic?: string
  reaction?: string
  type?: string
  /** Includes letters that were replayed or discarded. */
  settled?: boolean
}

const DLT = /^(.+)\.dlt\.([a-z]+)$/
const BATCH_SIZE = 200

/** An operator's view of failed events, with what was done about each, by whom and why. */
export class DeadLetters {
  private readonly hearers?: Hearers

  /** `consumers`: the table by which a letter that nobody would take is refused, and stays open. */
  constructor(
    private readonly access: KafkaAccess,
    consumers?: readonly Consumption[],
  ) {
    this.hearers = consumers && new Hearers(consumers)
  }

  async list(filter: DeadLetterFilter = {}): Promise<DeadLetter[]> {
    const { group, topic, reaction, type } = filter
    const places = (await this.places()).filter((at) => isWanted(at.topic, topic) && isWanted(at.group, group))
    const logs = await Promise.all(places.map((at) => DeadLetterLog.read(this.access, at.topic, at.group)))
    return logs
      .flatMap(({ letters }) => [...letters.values()])
      .filter((letter) => isWanted(letter.reaction, reaction) && isWanted(letter.eventType, type))
      .filter(({ settled }) => filter.settled || !settled)
  }

  async show(id: string): Promise<DeadLetter | undefined> {
    const { topic, group, offset } = placeOf(id)
    const places = await this.places()
    if (!places.some((at) => at.topic === topic && at.group === group)) return undefined
    return (await DeadLetterLog.read(this.access, topic, group)).letters.get(offset)
  }

  /** Sends an event back to the reaction that failed, and to nobody else. */
  async replay(id: string, by: string, why = ''): Promise<DeadLetter> {
    return this.resolveOne(id, { action: 'replayed', by, why })
  }

  async discard(id: string, by: string, why: string): Promise<DeadLetter> {
    return this.resolveOne(id, { action: 'discarded', by, why })
  }

  /** Yields each outcome as soon as it is known, in the order of the ids per topic and group. */
  async *resolve(ids: readonly string[], order: ResolveOrder): AsyncGenerator<ResolveOutcome> {
    const known = new Set((await this.places()).map(({ topic, group }) => deadLetterTopic(topic, group)))
    const byLog = Map.groupBy(ids, (id) => {
      const { topic, group } = placeOf(id)
      if (!known.has(deadLetterTopic(topic, group))) throw new NoSuchDeadLetterError(id)
      return deadLetterTopic(topic, group)
    })
    const writer = await EventWriter.connect(this.access)
    try {
      for (const some of byLog.values()) yield* this.resolveIn(some, writer, order)
    } finally {
      await writer.close()
    }
  }

  private async *resolveIn(
    ids: readonly string[],
    writer: EventWriter,
    order: ResolveOrder,
  ): AsyncGenerator<ResolveOutcome> {
    const { topic, group } = placeOf(ids[0]!)
    const log = await DeadLetterLog.read(this.access, topic, group)
    const letters = [...new Set(ids)].map((id) => {
      const letter = log.letters.get(placeOf(id).offset)
      if (!letter) throw new NoSuchDeadLetterError(id)
      return letter
    })
    for (let from = 0; from < letters.length; from += BATCH_SIZE)
      yield* await new ResolveDeadLetters(log, writer, order, this.hearers).execute(
        letters.slice(from, from + BATCH_SIZE),
      )
  }

  private async resolveOne(id: string, order: { action: Resolution['action']; by: string; why: string }) {
    for await (const { outcome, reason } of this.resolve([id], order))
      if (outcome !== 'done') throw new Error(`${id} ${reason}`)
    return (await this.show(id))!
  }

  private async places(): Promise<{ topic: string; group: string }[]> {
    const prefix = this.access.prefix ?? ''
    const all = await withAdmin(this.access, (admin) => admin.listTopics())
    return all.flatMap((name) => {
      const parts = name.startsWith(prefix) ? DLT.exec(name.slice(prefix.length)) : null
      return parts ? [{ topic: parts[1]!, group: parts[2]! }] : []
    })
  }
}

const isWanted = (value: string | undefined, wanted: string | undefined): boolean =>
  wanted === undefined || value === wanted
