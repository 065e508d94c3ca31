import type { Message, PartitionerArgs } from 'kafkajs'

export type ChoosePartition = (asked: PartitionerArgs) => number

type Groups = Record<number, Message[]>
type Add = (groups: Groups, message: Message) => Groups

/**
 * kafkajs 2.2.4 reduces the records of a topic to lists by partition, and copies such a list for each record that it adds. These records
 * reduce themselves: kafkajs adds the first of each partition, and says thereby how many partitions there are.
 */
export class LeanGrouping {
  private asked?: PartitionerArgs

  constructor(private readonly choose: ChoosePartition) {}

  /** A record keeps the partition that it has. */
  readonly partitioner: ChoosePartition = (asked) => {
    this.asked = asked
    return (asked.message.partition ??= this.choose(asked))
  }

  of(messages: readonly Message[]): Message[] {
    return Object.assign([...messages], { reduce: this.reducing(messages) })
  }

  private reducing(messages: readonly Message[]) {
    return (add: Add, groups: Groups): Groups => {
      this.asked = undefined
      for (const message of messages) this.put(message, groups, add)
      return groups
    }
  }

  private put(message: Message, groups: Groups, add: Add): void {
    if (this.asked) message.partition ??= this.choose({ ...this.asked, message })
    const group = message.partition === undefined ? undefined : groups[message.partition]
    if (group) group.push(message)
    else add(groups, message)
  }
}
