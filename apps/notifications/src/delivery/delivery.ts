import type { Versioned } from '@mpics/eventing'
import { Clock } from '@mpics/service-kit'
import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common'
import { NotificationsConfig } from '../config.js'
import { DueEmailRepository } from '../emails/due-email.repository.js'
import type { Email } from '../emails/email.js'
import { WakeSignal } from '../emails/wake-signal.js'
import { SendHeldEmail } from './send-held-email.js'

/** A replica looks so often for mails that others queued, or left when they died. */
const REST_MS = 5_000

/** Takes what is due and sends it, a bounded number at once, until the application stops. */
@Injectable()
export class Delivery implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger(Delivery.name)
  private readonly waiting: Versioned<Email>[] = []
  private readonly sending = new Map<Versioned<Email>, Promise<void>>()
  /** More is due than was taken: looked for again as soon as places are free. */
  private moreDue = false
  /** Places for the mails that are being taken. */
  private taking = 0
  private stopped = false
  private running?: Promise<void>
  private prolonging?: NodeJS.Timeout

  constructor(
    private readonly due: DueEmailRepository,
    private readonly sendHeld: SendHeldEmail,
    private readonly wakeSignal: WakeSignal,
    private readonly clock: Clock,
    private readonly config: NotificationsConfig,
  ) {}

  onApplicationBootstrap(): void {
    this.prolonging = setInterval(() => void this.prolong(), this.config.NOTIFICATIONS_LEASE_MS / 3)
    this.wakeSignal.serve({ hasRoom: () => this.hasRoom(), take: (email) => this.takeOver(email) })
    this.running = this.run()
  }

  /** Gives back at once what it has not begun, and ends what is under way. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true
    this.wakeSignal.notify()
    await this.running
    await this.giveBack(this.waiting.splice(0))
    await Promise.all(this.sending.values())
    clearInterval(this.prolonging)
  }

  private async run(): Promise<void> {
    while (!this.stopped) {
      const rest = await this.take().catch((error: unknown) => this.failed(error))
      await this.wakeSignal.wait(rest)
    }
  }

  /** Takes as many in advance as it sends, so that a free place never waits for the database. Resolves to how long to rest. */
  private async take(): Promise<number> {
    const { capacity } = this
    this.moreDue = capacity < this.config.NOTIFICATIONS_CONCURRENCY
    if (this.moreDue) return REST_MS
    const now = this.clock.now()
    this.taking = capacity
    const taken = await this.due.take(now, capacity).finally(() => (this.taking = 0))
    const { emails, nextDueAt = new Date(now.getTime() + REST_MS) } = taken
    this.moreDue = nextDueAt <= now
    this.waiting.push(...emails)
    this.fill()
    return this.moreDue ? REST_MS : Math.min(nextDueAt.getTime() - now.getTime(), REST_MS)
  }

  private get capacity(): number {
    const held = this.waiting.length + this.sending.size + this.taking + this.wakeSignal.onTheirWay
    return 2 * this.config.NOTIFICATIONS_CONCURRENCY - held
  }

  /** What waits already comes first. */
  private hasRoom(): boolean {
    return !this.stopped && !this.moreDue && this.capacity > 0
  }

  private takeOver(email: Versioned<Email>): void {
    if (this.stopped) return void this.giveBack([email])
    this.waiting.push(email)
    this.fill()
  }

  private async giveBack(emails: readonly Versioned<Email>[]): Promise<void> {
    await this.due
      .giveBack(emails)
      .catch((error: unknown) => this.log.warn({ err: error }, 'mails wait until their leases run out'))
  }

  private fill(): void {
    while (!this.stopped && this.sending.size < this.config.NOTIFICATIONS_CONCURRENCY) {
      const email = this.waiting.shift()
      if (!email) return
      this.sending.set(
        email,
        this.sendHeld.execute(email).finally(() => this.freed(email)),
      )
    }
  }

  private freed(email: Versioned<Email>): void {
    this.sending.delete(email)
    this.fill()
    if (this.moreDue && this.waiting.length === 0) this.wakeSignal.notify()
  }

  private failed(error: unknown): number {
    this.log.error({ err: error }, 'mails cannot be taken at the moment')
    return REST_MS
  }

  private async prolong(): Promise<void> {
    const held = [...this.waiting, ...this.sending.keys()]
    if (held.length === 0) return
    await this.due
      .prolong(held)
      .catch((error: unknown) => this.log.warn({ err: error }, 'leases could not be prolonged'))
  }
}
