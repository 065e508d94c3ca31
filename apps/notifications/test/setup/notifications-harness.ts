import type { Envelope } from '@mpics/contracts'
import { Connection } from '@mpics/mongo'
import { Clock } from '@mpics/service-kit'
import { eventually, type TestService, testService } from '@mpics/testing'
import { NotificationsConfig } from '../../src/config.js'
import { NotificationsModule } from '../../src/notifications.module.js'
import { PeersHarness, outcomes, type Person } from './peers-harness.js'

type Outcome = keyof typeof outcomes

/** The service, beside the people whom it writes to. */
export class NotificationsHarness {
  private constructor(
    readonly service: TestService,
    readonly peers: PeersHarness,
  ) {}

  static async open(environment: (peers: PeersHarness) => Record<string, string> = (c) => c.environment()) {
    const peers = await PeersHarness.open()
    const service = await testService(NotificationsModule, NotificationsConfig, { environment: environment(peers) })
    return new NotificationsHarness(service, peers)
  }

  get database() {
    return this.service.get<Connection>(Connection).db!
  }

  /** The facts of what became of somebody's mails, once there are so many. */
  async untilOutcome(outcome: Outcome, { id }: Person, count = 1): Promise<Envelope<typeof outcomes.sent>['data'][]> {
    const found = await eventually(async () => {
      const mine = await this.outcomesOf(outcome, id)
      return mine.length >= count && mine
    })
    return found
  }

  async outcomesOf(outcome: Outcome, accountId: string) {
    const all = await this.service.events(outcomes[outcome])
    return all.map(({ data }) => data).filter((data) => data.accountId === accountId)
  }

  /** The stored mails of one person. */
  stored({ id }: Person) {
    return this.database.collection('emails').find({ accountId: id }).sort({ createdAt: 1 }).toArray()
  }

  setClock(at: Date | undefined): void {
    this.service.get(Clock).now = () => at ?? new Date()
  }

  async close(): Promise<void> {
    await this.service.stop()
    await this.peers.services.stop()
  }
}
