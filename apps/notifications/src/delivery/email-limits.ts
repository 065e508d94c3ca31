import { DAY_MS, MINUTE_MS } from '@mpics/contracts/durations'
import { Clock } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { BudgetRepository } from '../budgets/budget.repository.js'
import { BUDGET, type Email } from '../emails/email.js'
import { EmailRepository } from '../emails/email.repository.js'
import type { Mail } from '../mail-definition/define-mail.js'

/** `replaced`: another mail to the address has told of the same; `defer`: it has to wait for its turn. */
export type Limited = { replaced: true } | { defer: Date }

/** Keeps strangers from filling a mailbox: with what they do again and again, and with an address that is not theirs. */
@Injectable()
export class EmailLimits {
  constructor(
    private readonly emails: EmailRepository,
    private readonly budgets: BudgetRepository,
    private readonly clock: Clock,
  ) {}

  async isRepeated(email: Email, maxPerActorAndDay?: number): Promise<boolean> {
    if (maxPerActorAndDay === undefined) return false
    const since = new Date(this.clock.now().getTime() - DAY_MS)
    return this.emails.hasBefore(email, since, maxPerActorAndDay)
  }

  async execute(email: Email, mail: Mail, address: string): Promise<Limited | undefined> {
    const { kind, maxPerAddressAndHour: max } = mail
    if (max === undefined) return undefined
    const key = this.budgets.keyOf(kind, address)
    const replaced = email.reason === BUDGET ? await this.replacement(email, key) : undefined
    if (replaced) return replaced
    const slot = { emailId: email.id, accountId: email.accountId, at: this.clock.now() }
    const freeAt = await this.budgets.take(key, slot, max)
    return freeAt && { defer: freeAt }
  }

  /** A mail that waited need not go when a later one told of its account, and waits on while that one is on its way. */
  private async replacement({ id, accountId, createdAt }: Email, key: string): Promise<Limited | undefined> {
    const later = (await this.budgets.slotsOf(key)).filter(({ emailId, at }) => emailId !== id && at > createdAt)
    const mails = await this.emails.findMany(later.map(({ emailId }) => emailId))
    const lists = ({ status, parameters }: Email) =>
      status === 'sent' && (parameters.actorIds?.includes(accountId) ?? false)
    if (mails.some(lists)) return { replaced: true }
    const isUnderWay = mails.some(({ status }) => status === 'queued')
    return isUnderWay ? { defer: new Date(this.clock.now().getTime() + MINUTE_MS) } : undefined
  }
}
