import type { Versioned } from '@mpics/eventing'
import { Clock } from '@mpics/service-kit'
import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common'
import { NotificationsConfig } from '../config.js'
import { DueEmailRepository } from '../emails/due-email.repository.js'
import type { Email } from '../emails/email.js'
import { WakeSignal } from '../emails/wake-signal.js'
import { HeldEmails } from './held-emails.js'
import { SendHeldEmail } from './send-held-email.js'

/** A replica looks so often for mails that others queued, or left when they died. */
const REST_MS = 5_000

/** Takes what is due and sends it, a bounded number at once, until the application stops. */
@Injectable()
export class Delivery implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger(Delivery.name)
  private readonly held: HeldEmails
  /** More is due than was taken: looked for again as soon as places are free. */
  private moreDue = false
  private moreBulkDue = false
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
  ) {
    this.held = new HeldEmails(config.NOTIFICATIONS_CONCURRENCY)
  }

  onApplicationBootstrap(): void {
    this.prolonging = setInterval(() => void this.prolong(), this.config.NOTIFICATIONS_LEASE_MS / 3)
    this.wakeSignal.serve({
      hasRoom: () => this.hasRoom(),
      take: (email) => this.takeOver(email),
      isAt: (mail) => this.held.all.some(({ id }) => id === mail),
    })
    this.running = this.run()
  }

  /** Gives back at once what it has not begun, and ends what is under way. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true
    this.wakeSignal.notify()
    await this.running
    await this.giveBack(this.held.takeBack())
    await this.held.settled()
    clearInterval(this.prolonging)
  }

  private async run(): Promise<void> {
    while (!this.stopped) {
      const rest = await this.take().catch((error: unknown) => this.failed(error))
      await this.wakeSignal.wait(rest)
    }
  }

  /** Resolves to how long to rest. */
  private async take(): Promise<number> {
    const rest = await this.takePrompt()
    return Math.min(rest, await this.takeBulk())
  }

  /** Takes as many in advance as it sends, so that a free place never waits for the database. */
  private async takePrompt(): Promise<number> {
    const { capacity } = this
    this.moreDue = capacity < this.config.NOTIFICATIONS_CONCURRENCY
    if (this.moreDue) return REST_MS
    const now = this.clock.now()
    this.taking = capacity
    const taken = await this.due.take('prompt', now, capacity).finally(() => (this.taking = 0))
    const { emails, nextDueAt = new Date(now.getTime() + REST_MS) } = taken
    this.moreDue = nextDueAt <= now
    this.hold(emails)
    return this.moreDue ? REST_MS : Math.min(nextDueAt.getTime() - now.getTime(), REST_MS)
  }

  /** While others wait, those of campaigns keep one place. */
  private async takeBulk(): Promise<number> {
    const room = (this.moreDue ? 1 : this.held.bulkPlaces) - this.held.bulkHeld
    if (room <= 0) return REST_MS
    const now = this.clock.now()
    const { emails, nextDueAt = new Date(now.getTime() + REST_MS) } = await this.due.take('bulk', now, room)
    this.moreBulkDue = nextDueAt <= now
    this.hold(emails)
    return this.moreBulkDue ? REST_MS : Math.min(nextDueAt.getTime() - now.getTime(), REST_MS)
  }

  private get capacity(): number {
    return 2 * this.config.NOTIFICATIONS_CONCURRENCY - this.held.promptHeld - this.taking - this.wakeSignal.onTheirWay
  }

  /** What waits already comes first. */
  private hasRoom(): boolean {
    return !this.stopped && !this.moreDue && this.capacity > 0
  }

  private takeOver(email: Versioned<Email>): void {
    if (this.stopped) return void this.giveBack([email])
    this.hold([email])
  }

  private async giveBack(emails: readonly Versioned<Email>[]): Promise<void> {
    await this.due
      .giveBack(emails)
      .catch((error: unknown) => this.log.warn({ err: error }, 'mails wait until their leases run out'))
  }

  private hold(emails: readonly Versioned<Email>[]): void {
    this.held.add(emails)
    this.fill()
  }

  private fill(): void {
    if (this.stopped) return
    this.held.fill((email) => this.sendHeld.execute(email).finally(() => setImmediate(() => this.freed())))
  }

  private freed(): void {
    this.fill()
    const isBulkLow = this.held.bulkHeld <= this.held.bulkPlaces / 2
    if ((this.moreDue && !this.held.hasPromptWaiting) || (this.moreBulkDue && isBulkLow)) this.wakeSignal.notify()
  }

  private failed(error: unknown): number {
    this.log.error({ err: error }, 'mails cannot be taken at the moment')
    return REST_MS
  }

  private async prolong(): Promise<void> {
    const { all } = this.held
    if (all.length === 0) return
    await this.due
      .prolong(all)
      .catch((error: unknown) => this.log.warn({ err: error }, 'leases could not be prolonged'))
  }
}
