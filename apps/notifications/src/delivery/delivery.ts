import { Clock } from '@mpics/service-kit'
import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common'
import { NotificationsConfig } from '../config.js'
import { EmailRepository } from '../emails/email.repository.js'
import { DeliverEmail } from './deliver-email.js'
import { DeliveryBell } from './delivery-bell.js'

/** How long a replica rests that knows of no mail; what others queued is found then at the latest. */
const REST_MS = 2_000

/** Sends what is due, a bounded number at once, until the application stops. */
@Injectable()
export class Delivery implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger(Delivery.name)
  private readonly stopping = new AbortController()
  private running?: Promise<void>

  constructor(
    private readonly emails: EmailRepository,
    private readonly deliver: DeliverEmail,
    private readonly bell: DeliveryBell,
    private readonly clock: Clock,
    private readonly config: NotificationsConfig,
  ) {}

  onApplicationBootstrap(): void {
    this.running = this.run()
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort()
    await this.running
  }

  private async run(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      const heard = new AbortController()
      // listened for before looking, so that a mail queued meanwhile is not slept through
      const rung = this.bell.heard(REST_MS, AbortSignal.any([this.stopping.signal, heard.signal]))
      const found = await this.round().catch((error: Error) => this.failed(error))
      if (found > 0) heard.abort()
      else await this.untilDue(rung)
    }
  }

  private async round(): Promise<number> {
    const due = await this.emails.due(this.clock.now(), this.config.NOTIFICATIONS_CONCURRENCY)
    const done = await Promise.allSettled(due.map((email) => this.deliver.execute(email)))
    const failure = done.find((d) => d.status === 'rejected')
    if (failure) throw failure.reason
    return due.length
  }

  private async untilDue(rung: Promise<void>): Promise<void> {
    const next = await this.emails.nextDueAt().catch(() => null)
    if (!next) return rung
    const wait = Math.max(0, next.getTime() - this.clock.now().getTime())
    await Promise.race([rung, new Promise((resolve) => setTimeout(resolve, Math.min(wait, REST_MS)).unref())])
  }

  private async failed(error: Error): Promise<number> {
    this.log.error({ error: error.name }, 'mails cannot be read or recorded at the moment')
    await this.bell.heard(REST_MS, this.stopping.signal)
    return 0
  }
}
