import { topicRecords } from './read-topic.js'
import type { KafkaAccess } from '../eventing-options.js'
import { EventWriter } from '../publish/event-writer.js'
import { replayTopic } from '../consume/origin.js'
import type { ReadRecord } from './read-topic.js'
import { withAdmin } from './topics.js'

export interface DeadLetter {
  /** `<topic of the catalogue>/<group>/<offset>`: what the commands take. */
  id: string
  topic: string
  group: string
  offset: number
  reaction: string
  reason: string
  error: string
  attempts: number
  failedAt: string
  /** `<topic>/<partition>/<offset>` of the event itself. */
  origin: string
  eventId?: string
  eventType?: string
  key: string | null
  value: string | null
  headers: Record<string, string>
  settled?: Settlement
}

export interface Settlement {
  action: 'replayed' | 'discarded'
  by: string
  why: string
  at: string
}

const DLT = /^(.+)\.dlt\.([a-z]+)$/
const SETTLES = 'dlt_settles'

/** Events that were given up, for an operator. What was done about each, by whom and why is kept beside it. */
export class DeadLetters {
  constructor(private readonly access: KafkaAccess) {}

  /** Open ones, unless settled ones are asked for too. */
  async list(filter: { group?: string; topic?: string; settled?: boolean } = {}): Promise<DeadLetter[]> {
    const topics = (await this.topics()).filter(
      ({ topic, group }) => (!filter.group || filter.group === group) && (!filter.topic || filter.topic === topic),
    )
    const letters = await Promise.all(topics.map((at) => this.lettersOf(at.topic, at.group)))
    return letters.flat().filter(({ settled }) => filter.settled || !settled)
  }

  async show(id: string): Promise<DeadLetter | undefined> {
    const { topic, group } = parseId(id)
    return (await this.lettersOf(topic, group)).find((letter) => letter.id === id)
  }

  /** Sends an event back to the group that failed, to the reaction that failed, and to nobody else. */
  async replay(id: string, by: string, why = ''): Promise<DeadLetter> {
    return this.settle(id, { action: 'replayed', by, why }, async (letter, writer) => {
      const { key, value, headers } = letter
      await writer.records(replayTopic(letter.topic, letter.group), [{ key, value, headers }])
    })
  }

  async discard(id: string, by: string, why: string): Promise<DeadLetter> {
    return this.settle(id, { action: 'discarded', by, why }, () => Promise.resolve())
  }

  private async settle(
    id: string,
    how: Omit<Settlement, 'at'>,
    work: (letter: DeadLetter, writer: EventWriter) => Promise<void>,
  ): Promise<DeadLetter> {
    const letter = await this.show(id)
    if (!letter) throw new Error(`there is no dead letter ${id}`)
    if (letter.settled)
      throw new Error(`${id} was ${letter.settled.action} by ${letter.settled.by} at ${letter.settled.at}`)
    const writer = await EventWriter.connect(this.access)
    const settled = { ...how, at: new Date().toISOString() }
    try {
      await work(letter, writer)
      const note = { key: id, value: JSON.stringify(settled), headers: { [SETTLES]: String(letter.offset) } }
      await writer.records(`${letter.topic}.dlt.${letter.group}`, [note])
    } finally {
      await writer.close()
    }
    return { ...letter, settled }
  }

  private async topics(): Promise<{ topic: string; group: string }[]> {
    const prefix = this.access.prefix ?? ''
    const all = await withAdmin(this.access, (admin) => admin.listTopics())
    return all.flatMap((name) => {
      const parts = name.startsWith(prefix) ? DLT.exec(name.slice(prefix.length)) : null
      return parts ? [{ topic: parts[1]!, group: parts[2]! }] : []
    })
  }

  private async lettersOf(topic: string, group: string): Promise<DeadLetter[]> {
    const letters = new Map<number, DeadLetter>()
    for await (const record of topicRecords(this.access, `${topic}.dlt.${group}`)) {
      const settles = record.headers[SETTLES]
      const settled = settles === undefined ? undefined : letters.get(Number(settles))
      if (settled) settled.settled = JSON.parse(record.value ?? '{}') as Settlement
      else if (settles === undefined) letters.set(record.offset, letterOf(record, topic, group))
    }
    return [...letters.values()]
  }
}

function letterOf(record: ReadRecord, topic: string, group: string): DeadLetter {
  const { headers, key, value, offset } = record
  return {
    id: `${topic}/${group}/${offset}`,
    topic,
    group,
    offset,
    reaction: headers['dlt_reaction'] ?? '',
    reason: headers['dlt_reason'] ?? '',
    error: headers['dlt_error'] ?? '',
    attempts: Number(headers['dlt_attempts'] ?? 0),
    failedAt: headers['dlt_time'] ?? '',
    origin: headers['dlt_origin'] ?? '',
    eventId: headers['ce_id'],
    eventType: headers['ce_type'],
    key,
    value,
    headers,
  }
}

function parseId(id: string): { topic: string; group: string } {
  const [topic, group, offset] = id.split('/')
  if (!topic || !group || !/^\d+$/.test(offset ?? ''))
    throw new Error(`${id} is no dead letter: <topic>/<group>/<offset>`)
  return { topic, group }
}
