import kafkajs, { type Assigner, type Cluster, type GroupMember, type GroupMemberAssignment } from 'kafkajs'

const { MemberAssignment, MemberMetadata } = kafkajs.AssignerProtocol
const VERSION = 1
const NO_DATA = Buffer.alloc(0)

export interface Subscriber {
  memberId: string
  topics: readonly string[]
}

/** Deals partitions in turn to the readers of each topic; a topic begins where the one before ended. */
export function share(
  subscribers: readonly Subscriber[],
  partitionsOf: (topic: string) => readonly number[],
): Map<string, Record<string, number[]>> {
  const shares = new Map<string, Record<string, number[]>>(subscribers.map(({ memberId }) => [memberId, {}]))
  const inOrder = [...subscribers].sort((a, b) => (a.memberId < b.memberId ? -1 : 1))
  let turn = 0
  for (const topic of [...new Set(subscribers.flatMap(({ topics }) => topics))].sort()) {
    const readers = inOrder.filter(({ topics }) => topics.includes(topic))
    for (const partition of partitionsOf(topic)) {
      const mine = shares.get(readers[turn++ % readers.length]!.memberId)!
      mine[topic] = [...(mine[topic] ?? []), partition]
    }
  }
  return shares
}

/** kafkajs's own assigner gives partitions to members that never asked for the topic, as during the roll-out of a new reaction. */
export function subscriptionAssigner(cluster: Cluster): Assigner {
  return {
    name: 'subscriptions',
    version: VERSION,
    protocol: ({ topics }) => ({
      name: 'subscriptions',
      metadata: MemberMetadata.encode({ version: VERSION, topics, userData: NO_DATA }),
    }),
    assign: ({ members }) => assign(cluster, members),
  }
}

type KnowingCluster = Cluster & { addMultipleTargetTopics(topics: string[]): Promise<void> }

async function assign(cluster: KnowingCluster, members: GroupMember[]): Promise<GroupMemberAssignment[]> {
  const subscribers = members.map(({ memberId, memberMetadata }) => ({
    memberId,
    topics: MemberMetadata.decode(memberMetadata)?.topics ?? [],
  }))
  await cluster.addMultipleTargetTopics([...new Set(subscribers.flatMap(({ topics }) => topics))])
  const shares = share(subscribers, (topic) =>
    cluster.findTopicPartitionMetadata(topic).map(({ partitionId }) => partitionId),
  )
  return [...shares].map(([memberId, assignment]) => ({
    memberId,
    memberAssignment: MemberAssignment.encode({ version: VERSION, assignment, userData: NO_DATA }),
  }))
}
