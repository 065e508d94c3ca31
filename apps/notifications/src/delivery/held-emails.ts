import type { Versioned } from '@mpics/eventing'
import type { Email } from '../emails/email.js'

type Held = Versioned<Email>

/**
 * The mails that this replica has the right to send, and which is sent next. Those of campaigns take half of the places at most, so
 * that a place is always free for a mail that somebody waits for; and one at least, so that a flood of others does not stop them.
 */
export class HeldEmails {
  private readonly prompt: Held[] = []
  private readonly bulk: Held[] = []
  private readonly sending = new Map<Held, Promise<void>>()

  constructor(private readonly concurrency: number) {}

  get bulkPlaces(): number {
    return Math.max(1, Math.floor(this.concurrency / 2))
  }

  get promptHeld(): number {
    return this.prompt.length + this.sending.size - this.bulkSending
  }

  get bulkHeld(): number {
    return this.bulk.length + this.bulkSending
  }

  get hasPromptWaiting(): boolean {
    return this.prompt.length > 0
  }

  get all(): Held[] {
    return [...this.prompt, ...this.bulk, ...this.sending.keys()]
  }

  add(emails: readonly Held[]): void {
    for (const email of emails) (email.bulk ? this.bulk : this.prompt).push(email)
  }

  /** Sends what waits as long as there are places. */
  fill(send: (email: Held) => Promise<void>): void {
    while (this.sending.size < this.concurrency) {
      const email = this.next()
      if (!email) return
      this.sending.set(
        email,
        send(email).finally(() => this.sending.delete(email)),
      )
    }
  }

  /** Resolves when what is under way is over; what has not begun comes back at once. */
  takeBack(): Held[] {
    return [...this.prompt.splice(0), ...this.bulk.splice(0)]
  }

  async settled(): Promise<void> {
    await Promise.all(this.sending.values())
  }

  private get bulkSending(): number {
    return [...this.sending.keys()].filter(({ bulk }) => bulk).length
  }

  private next(): Held | undefined {
    const isBulkTurn = this.concurrency > 1 && this.bulkSending === 0
    return isBulkTurn ? (this.bulk.shift() ?? this.prompt.shift()) : (this.prompt.shift() ?? this.bulk.shift())
  }
}
