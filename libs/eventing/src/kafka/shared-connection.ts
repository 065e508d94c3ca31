import { atMost } from '../within.js'
import { DISCONNECT_TIMEOUT_MS } from './disconnect-timeout.js'

interface Client {
  connect(): Promise<void>
  disconnect(): Promise<void>
}

interface Shared<C> {
  client: C
  connected: Promise<void>
  users: number
}

/**
 * A client of kafkajs that is connected for its first use, and replaced after one that failed. kafkajs connects again for whatever is asked
 * after its disconnect, and nobody would close that: here the last user does, and after `close` there is none.
 */
export class SharedConnection<C extends Client> {
  private shared?: Shared<C>
  private isClosed = false
  private readonly uses = new Set<Promise<unknown>>()

  constructor(private readonly make: () => C) {}

  /** Rejects once this is closed. */
  use<T>(work: (client: C) => Promise<T>): Promise<T> {
    const use = this.once(work).finally(() => this.uses.delete(use))
    this.uses.add(use)
    return use
  }

  /** What is under way may fail by it. Waits a moment for its end; what ends later is disconnected then. */
  async close(): Promise<void> {
    this.isClosed = true
    const { shared } = this
    this.shared = undefined
    const ended = async () => {
      if (shared) await disconnect(shared)
      await Promise.allSettled(this.uses)
    }
    await atMost(DISCONNECT_TIMEOUT_MS, ended())
  }

  private async once<T>(work: (client: C) => Promise<T>): Promise<T> {
    if (this.isClosed) throw new Error('This service is stopping, and asks Kafka nothing more')
    const shared = (this.shared ??= this.connect())
    shared.users++
    try {
      await shared.connected
      return await work(shared.client)
    } catch (error) {
      if (this.shared === shared) this.shared = undefined
      throw error
    } finally {
      shared.users--
      if (this.shared !== shared && shared.users === 0) await disconnect(shared)
    }
  }

  private connect(): Shared<C> {
    const client = this.make()
    return { client, connected: client.connect(), users: 0 }
  }
}

async function disconnect<C extends Client>({ client, connected }: Shared<C>): Promise<void> {
  await connected.catch(() => undefined)
  await client.disconnect().catch(() => undefined)
}
