import ConsumerGroup, { type FetchingBroker } from 'kafkajs/src/consumer/consumerGroup.js'

interface Fetching {
  maxWaitTime: number
  minBytes: number
  assigners: readonly { leaving?: AbortSignal }[]
  cluster: { brokerPool: { brokers: Record<string, FetchingBroker> } }
  paused(): unknown[]
}

interface Fetched {
  rawMessages: unknown[]
}

interface Rhythm {
  usual: Pick<Fetching, 'maxWaitTime' | 'minBytes'>
  quietSince: number
}

type Fetch<G> = (this: G, nodeId: number) => Promise<Fetched[]>

const QUIET_MS = 5_000
/** Heart beats follow fetches: with a longer wait a rebalance would be noticed later. Any record ends the wait. */
export const PATIENT = { maxWaitTime: 1_500, minBytes: 1 }
/** Of Kafka's protocol. */
const FETCH = 1

const rhythms = new WeakMap<Fetching, Rhythm>()

/**
 * A fetch that finds nothing costs as much as one that finds something, and kafkajs hands each empty partition to a worker.
 * While nothing comes there are fewer, nothing is handed on, and a consumer that leaves waits for none.
 */
export const patiently = <G extends Fetching>(fetch: Fetch<G>): Fetch<G> =>
  async function (nodeId) {
    const rhythm = rhythms.get(this) ?? begin(this)
    const isQuiet = performance.now() - rhythm.quietSince > QUIET_MS && this.paused().length === 0
    Object.assign(this, isQuiet ? PATIENT : rhythm.usual)
    const batches = await fetch.call(this, nodeId).catch((error: unknown) => nothingIfLeft(this, error))
    const found = batches.filter(({ rawMessages }) => rawMessages.length > 0)
    if (found.length > 0) rhythm.quietSince = performance.now()
    return found
  }

function begin(group: Fetching): Rhythm {
  const { maxWaitTime, minBytes } = group
  const rhythm = { usual: { maxWaitTime, minBytes }, quietSince: performance.now() }
  rhythms.set(group, rhythm)
  leavingOf(group)?.addEventListener('abort', () => giveUp(group), { once: true })
  return rhythm
}

const leavingOf = ({ assigners }: Fetching): AbortSignal | undefined => assigners[0]?.leaving

function nothingIfLeft(group: Fetching, error: unknown): Fetched[] {
  if (leavingOf(group)?.aborted) return []
  throw error
}

function giveUp({ cluster }: Fetching): void {
  for (const { connectionPool } of Object.values(cluster.brokerPool.brokers))
    for (const { requestQueue } of connectionPool.pool)
      for (const request of requestQueue.inflight.values()) if (request.entry.apiKey === FETCH) request.timeoutRequest()
}

ConsumerGroup.prototype.fetch = patiently(Reflect.get<ConsumerGroup, 'fetch'>(ConsumerGroup.prototype, 'fetch'))
