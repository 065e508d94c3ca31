import ConsumerGroup, { type FetchingBroker } from 'kafkajs/src/consumer/consumerGroup.js'

interface Fetching {
  assigners: readonly { leaving?: AbortSignal }[]
  cluster: { brokerPool: { brokers: Record<string, FetchingBroker> } }
  subscriptionState: { active(): { topic: string; partitions: number[] }[] }
  filterPartitionsByNode(nodeId: number, active: object[]): { partitions: number[] }[]
  paused(): unknown[]
}

interface Fetched {
  rawMessages: unknown[]
}

interface UnderWay {
  isGivenUp: boolean
  end: () => void
}

interface Rhythm {
  quietSince: number
  underWay: Set<UnderWay>
}

type Fetch<G> = (this: G, nodeId: number) => Promise<Fetched[]>
type Beat<G> = (this: G, options: { interval: number }) => Promise<void>

const QUIET_MS = 5_000
/** Heart beats follow fetches: with a longer wait a rebalance would be noticed later. Any record ends the wait. */
export const PATIENT = { maxWaitTime: 1_500, minBytes: 1 }
/** Of a fetch that was given up before it was sent: it may still have been connecting. */
const AT_ONCE = { maxWaitTime: 0 }
/** Of Kafka's protocol. */
const FETCH = 1

const rhythms = new WeakMap<Fetching, Rhythm>()

/**
 * A fetch that finds nothing costs as much as one that finds something, and kafkajs hands each empty partition to a worker.
 * While nothing comes there are fewer, nothing is handed on, and who leaves or rejoins ends those that are under way.
 */
const patiently = <G extends Fetching>(fetch: Fetch<G>): Fetch<G> =>
  async function (nodeId) {
    const rhythm = rhythms.get(this) ?? begin(this)
    const isQuiet = performance.now() - rhythm.quietSince > QUIET_MS && this.paused().length === 0
    const reads = isRead(this, nodeId)
    const usual = isQuiet && reads ? PATIENT : {}
    const asking = (one: UnderWay) => waiting(this, () => (one.isGivenUp ? AT_ONCE : usual))
    const batches = await ended(this, rhythm, (one) => fetch.call(asking(one), nodeId), reads)
    const found = batches.filter(({ rawMessages }) => rawMessages.length > 0)
    if (found.length > 0) rhythm.quietSince = performance.now()
    return found
  }

/** The failed heart beat makes kafkajs join the group again, but first it awaits each broker's fetch. */
const endingFetches = <G extends Fetching>(beat: Beat<G>): Beat<G> =>
  async function (options) {
    try {
      await beat.call(this, options)
    } catch (error) {
      giveUp(this)
      throw error
    }
  }

function begin(group: Fetching): Rhythm {
  const rhythm: Rhythm = { quietSince: performance.now(), underWay: new Set() }
  rhythms.set(group, rhythm)
  leavingOf(group)?.addEventListener('abort', () => giveUp(group), { once: true })
  return rhythm
}

const leavingOf = ({ assigners }: Fetching): AbortSignal | undefined => assigners[0]?.leaving

/** kafkajs does not ask a broker without partitions of this consumer: it sleeps instead. */
function isRead(group: Fetching, nodeId: number): boolean {
  try {
    return group
      .filterPartitionsByNode(nodeId, group.subscriptionState.active())
      .some(({ partitions }) => partitions.length > 0)
  } catch {
    // the metadata are stale: the fetch is to find that out
    return true
  }
}

/** The group as one fetch sees it: fetches of several brokers go side by side. */
const waiting = <G extends Fetching>(group: G, waits: () => Partial<typeof PATIENT>): G =>
  new Proxy(group, {
    get: (target, name) => {
      const own = waits()
      return Object.hasOwn(own, name) ? own[name as keyof typeof PATIENT] : Reflect.get(target, name)
    },
  })

async function ended(
  group: Fetching,
  { underWay }: Rhythm,
  fetch: (one: UnderWay) => Promise<Fetched[]>,
  reads: boolean,
): Promise<Fetched[]> {
  const { promise, resolve } = Promise.withResolvers<Fetched[]>()
  // a request ends by its time-out, and nothing of it goes on; a sleep can only be left
  const one = { isGivenUp: false, end: () => !reads && resolve([]) }
  underWay.add(one)
  try {
    const batches = await Promise.race([fetch(one), promise])
    return one.isGivenUp ? [] : batches
  } catch (error) {
    if (one.isGivenUp || leavingOf(group)?.aborted) return []
    giveUp(group)
    throw error
  } finally {
    underWay.delete(one)
  }
}

function giveUp(group: Fetching): void {
  for (const one of rhythms.get(group)?.underWay ?? []) {
    one.isGivenUp = true
    one.end()
  }
  for (const { connectionPool } of Object.values(group.cluster.brokerPool.brokers))
    for (const { requestQueue } of connectionPool.pool)
      for (const request of requestQueue.inflight.values()) if (request.entry.apiKey === FETCH) request.timeoutRequest()
}

ConsumerGroup.prototype.fetch = patiently(Reflect.get<ConsumerGroup, 'fetch'>(ConsumerGroup.prototype, 'fetch'))
ConsumerGroup.prototype.heartbeat = endingFetches(
  Reflect.get<ConsumerGroup, 'heartbeat'>(ConsumerGroup.prototype, 'heartbeat'),
)
