import { randomUUID } from 'node:crypto'
import { decide, type Decision } from '@mpics/contracts'
import type { StoredAggregate, Versioned } from '@mpics/eventing'
import { Injectable } from '@nestjs/common'
import { NotificationsConfig } from '../config.js'
import type { Email } from './email.js'
import { EmailRepository } from './email.repository.js'
import { FREE } from './free-emails.js'

/** Mails of campaigns are taken apart, so that nobody's mail waits for theirs. Mails of earlier releases do not say it. */
export type Urgency = 'prompt' | 'bulk'
const ofUrgency = (urgency: Urgency) => ({ bulk: urgency === 'bulk' ? true : { $in: [false, null] } })

export interface Taken {
  emails: Versioned<Email>[]
  /** When the first mail is due that was not taken and that nobody is at. */
  nextDueAt?: Date
}

/**
 * Which replica sends which mail: a lease in the mail's own document, by the database's clock. Taking one raises the version, so
 * that what a former holder decides is refused; prolonging and giving back do not.
 */
@Injectable()
export class DueEmailRepository {
  private readonly replica = randomUUID()

  constructor(
    private readonly emails: EmailRepository,
    private readonly config: NotificationsConfig,
  ) {}

  async take(urgency: Urgency, now: Date, limit: number): Promise<Taken> {
    const waiting = await this.model
      .find({ status: 'queued', ...ofUrgency(urgency), ...FREE } as never, { dueAt: 1 })
      .sort({ dueAt: 1 })
      .limit(limit + 1)
      .lean<{ _id: string; dueAt: Date }[]>()
    const due = waiting.filter(({ dueAt }) => dueAt <= now).slice(0, limit)
    const emails = due.length > 0 ? await this.lease(due.map(({ _id }) => _id)) : []
    return { emails, nextDueAt: waiting[due.length]?.dueAt }
  }

  /** Makes a mail that is due, with the right to send it; undefined: it was made before. */
  insertHeld({ state, events }: Decision<Email>): Promise<Versioned<Email> | undefined> {
    const attempted = decide({ ...state, attempts: state.attempts + 1 }, ...events)
    return this.emails.insertComputed(attempted, { lease: this.newLease() })
  }

  /** Whether a right that was taken after `began` (`performance.now()`) lasts until it is first prolonged. */
  isSureSince(began: number): boolean {
    return performance.now() - began < this.config.NOTIFICATIONS_LEASE_MS / 3
  }

  async prolong(emails: readonly Email[]): Promise<void> {
    await this.update(this.heldAmong(emails), [{ $set: { 'lease.until': this.until() } }])
  }

  async giveBack(emails: readonly Email[]): Promise<void> {
    await this.update(this.heldAmong(emails), [{ $set: { lease: null } }])
  }

  /** Takes back a mail that this replica has made and begun nothing with. */
  async withdraw({ id, version, lease }: Versioned<Email>): Promise<void> {
    await this.model.deleteOne({ _id: id, version, 'lease.holder': lease!.holder } as never)
  }

  /** Takes back a mail that was made before and sent by nobody: its first lease has ended, or is this replica's, which does not use it. */
  async withdrawUnused(id: string): Promise<void> {
    const ofThisReplica = { 'lease.holder': { $regex: `^${this.replica}/` } }
    const unused = { _id: id, status: 'queued', attempts: 1, lease: { $ne: null }, $or: [ofThisReplica, ...FREE.$or] }
    await this.model.deleteOne(unused as never)
  }

  /** True if so many mails of campaigns wait to be sent. */
  async hasBulk(count: number): Promise<boolean> {
    return (
      (await this.model.countDocuments({ status: 'queued', ...ofUrgency('bulk') } as never, { limit: count })) >= count
    )
  }

  countBulk(): Promise<number> {
    return this.model.countDocuments({ status: 'queued', ...ofUrgency('bulk') } as never)
  }

  /** Time at which the oldest overdue mail should have been sent, without those of campaigns. */
  async oldestWait(now: Date): Promise<Date | undefined> {
    const overdue = { status: 'queued', ...ofUrgency('prompt'), dueAt: { $lte: now } }
    const oldest = this.model.findOne(overdue as never, { wantedAt: 1 })
    return (await oldest.sort({ dueAt: 1 }).lean<{ wantedAt: Date }>())?.wantedAt
  }

  /** Resolves to the mails that no other replica took first. */
  private async lease(ids: string[]): Promise<Versioned<Email>[]> {
    const lease = this.newLease()
    const taken = { lease, attempts: { $add: ['$attempts', 1] }, version: { $add: ['$version', 1] } }
    await this.update({ _id: { $in: ids }, status: 'queued', ...FREE }, [{ $set: taken }])
    const mine = this.model.find({ _id: { $in: ids }, 'lease.holder': lease.holder } as never).sort({ dueAt: 1 })
    return (await mine.lean<StoredAggregate<Email>[]>()).map((email) => this.emails.store.stateOf(email))
  }

  private newLease() {
    return { holder: `${this.replica}/${randomUUID()}`, until: this.until() }
  }

  private get model() {
    return this.emails.store.model
  }

  private until() {
    return { $add: ['$$NOW', this.config.NOTIFICATIONS_LEASE_MS] }
  }

  private heldAmong(emails: readonly Email[]) {
    const holders = [...new Set(emails.map(({ lease }) => lease?.holder))]
    return { _id: { $in: emails.map(({ id }) => id) }, status: 'queued', 'lease.holder': { $in: holders } }
  }

  private async update(filter: object, pipeline: object[]): Promise<void> {
    await this.model.updateMany(filter as never, pipeline, { updatePipeline: true })
  }
}
