import type { KafkaAccess } from '../eventing-options.js'
import { deadLetterTopic } from '../topics/origin.js'
import { type ReadRecord, topicRecords } from '../topics/read-topic.js'
import { type DeadLetter, deadLetterOf, type Note, RESOLVES } from './dead-letter.js'

/** Dead letters of a group and topic, and operators' notes behind them; one partition, so all agree on which note was first. */
export class DeadLetterLog {
  readonly letters = new Map<number, DeadLetter>()
  private readonly byFailure = new Map<string, DeadLetter>()
  private next = 0

  private constructor(
    private readonly access: KafkaAccess,
    private readonly topic: string,
    private readonly group: string,
  ) {}

  static async read(access: KafkaAccess, topic: string, group: string): Promise<DeadLetterLog> {
    const log = new DeadLetterLog(access, topic, group)
    await log.refresh()
    return log
  }

  async refresh(): Promise<void> {
    const name = deadLetterTopic(this.topic, this.group)
    for await (const record of topicRecords(this.access, name, this.next)) this.take(record)
  }

  private take(record: ReadRecord): void {
    this.next = record.offset + 1
    const settles = record.headers[RESOLVES]
    if (settles === undefined) this.add(deadLetterOf(record, this.topic, this.group))
    else apply(this.letters.get(Number(settles)), JSON.parse(record.value ?? '{}') as Note)
  }

  /** A crash between the letter and its commit writes the letter twice. A failure after a replay is a new letter. */
  private add(letter: DeadLetter): void {
    const failure = `${letter.origin} ${letter.reaction}`
    const earlier = this.byFailure.get(failure)
    if (letter.origin && earlier && !earlier.begun && !earlier.settled) return
    this.letters.set(letter.offset, letter)
    this.byFailure.set(failure, letter)
  }
}

/** The first note counts, unless a later one replaces its unfinished replay. Nothing takes a "sent" back. */
function apply(letter: DeadLetter | undefined, note: Note): void {
  if (!letter || letter.settled?.action === 'replayed') return
  const { insteadOf, action, ...rest } = note
  const isFree = !letter.settled && (letter.begun === undefined || letter.begun.token === insteadOf)
  if (action === 'replaying') letter.begun = isFree ? note : letter.begun
  else if (action === 'replayed' || isFree) Object.assign(letter, { settled: { action, ...rest }, begun: undefined })
}
