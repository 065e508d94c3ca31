import { share } from '../../src/kafka/subscription-assigner.js'
import type { Message } from '../../src/envelope/record-texts.js'

export class RebalanceError extends Error {}

export interface Member {
  readonly topics: readonly string[]
  /** Its process lives, and it has neither crashed nor been told to leave. */
  readonly present: boolean
}

export interface Joined {
  generation: number
  assignment: readonly string[]
}

export type NewMessage = Omit<Message, 'offset' | 'timestamp'>

/** The topics of a broker and its one consumer group: who is in it, what each reads, and how far all have come. */
export class ModelGroup {
  readonly logs = new Map<string, Message[]>()
  readonly committed = new Map<string, number>()
  readonly leaders = [0, 0]
  private readonly members = new Map<string, Member>()
  private readonly joining = new Map<string, PromiseWithResolvers<Joined>>()
  private generation = 0
  private rebalancing = false
  private born = 0

  constructor(
    partitions: Readonly<Record<string, number>>,
    private readonly committing: (partition: string, offset: number) => void,
  ) {
    for (const [topic, count] of Object.entries(partitions))
      for (let partition = 0; partition < count; partition++) this.logs.set(`${topic}/${partition}`, [])
  }

  get topics(): string[] {
    return [...new Set([...this.logs.keys()].map((name) => name.split('/')[0]!))]
  }

  /** Every message of every topic is done with. */
  get drained(): boolean {
    return [...this.logs].every(([name, log]) => (this.committed.get(name) ?? 0) === log.length)
  }

  changeLeaders(brokers: readonly number[]): void {
    for (const broker of brokers) this.leaders[broker]!++
  }

  append(topic: string, partition: number, message: NewMessage): void {
    const log = this.logs.get(`${topic}/${partition}`)!
    log.push({ ...message, offset: String(log.length), timestamp: '0' })
  }

  /** Resolves when all members have joined, or the others were given up. */
  join(member: Member, id: string = `member ${++this.born}`): { id: string; joined: Promise<Joined> } {
    this.members.set(id, member)
    const joined = this.joining.get(id) ?? Promise.withResolvers<Joined>()
    this.joining.set(id, joined)
    joined.promise.catch(() => undefined)
    this.completeIfAll()
    return { id, joined: joined.promise }
  }

  leave(id: string): void {
    this.members.delete(id)
    this.joining.get(id)?.reject(new RebalanceError('no longer a member'))
    this.joining.delete(id)
    // whoever is left shares anew
    this.completeIfAll()
    if (this.members.size > 0) this.rebalancing = true
  }

  /** The session of whoever is gone, or does not come back to a rebalance, runs out. */
  expire(): void {
    const late = [...this.members].filter(
      ([id, { present }]) => !present || (this.joining.size > 0 && !this.joining.has(id)),
    )
    for (const [id] of late) this.leave(id)
  }

  heartbeat(id: string, generation: number): void {
    if (!this.isCurrent(id, generation) || this.rebalancing || this.joining.size > 0)
      throw new RebalanceError('the group is rebalancing')
  }

  commit(id: string, generation: number, offsets: readonly { partition: string; offset: number }[]): void {
    if (!this.isCurrent(id, generation)) throw new Error('ILLEGAL_GENERATION')
    for (const { partition, offset } of offsets) {
      this.committing(partition, offset)
      this.committed.set(partition, offset)
    }
  }

  fetch(positions: ReadonlyMap<string, number>, count: number): { name: string; messages: Message[] }[] {
    return [...positions].flatMap(([name, position]) => {
      const messages = this.logs.get(name)!.slice(position, position + count)
      return messages.length > 0 ? [{ name, messages }] : []
    })
  }

  private isCurrent(id: string, generation: number): boolean {
    return this.members.has(id) && generation === this.generation
  }

  private completeIfAll(): void {
    if (this.joining.size === 0 || ![...this.members.keys()].every((id) => this.joining.has(id))) return
    this.generation++
    this.rebalancing = false
    const subscribers = [...this.members].map(([memberId, { topics }]) => ({ memberId, topics }))
    const partitionsOf = (topic: string) =>
      [...this.logs.keys()].filter((n) => n.startsWith(`${topic}/`)).map((_, i) => i)
    const shares = share(subscribers, partitionsOf)
    for (const [id, { resolve }] of this.joining) {
      const mine = Object.entries(shares.get(id)!)
      resolve({
        generation: this.generation,
        assignment: mine.flatMap(([topic, partitions]) => partitions.map((partition) => `${topic}/${partition}`)),
      })
    }
    this.joining.clear()
  }
}
