import { ErasedIds } from '@mpics/eventing'
import { Clock } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { queue } from '../emails/email.js'
import { emailIdOf } from '../emails/email-id.js'
import { EmailRepository } from '../emails/email.repository.js'
import { WakeSignal } from '../emails/wake-signal.js'
import type { Campaign } from './campaign.js'

/** Queues the mails of a campaign to some accounts; those that are queued already, or were sent, stay as they are. */
@Injectable()
export class QueueCampaignMails {
  constructor(
    private readonly emails: EmailRepository,
    private readonly wakeSignal: WakeSignal,
    private readonly erased: ErasedIds,
    private readonly clock: Clock,
  ) {}

  async execute({ id, kind, cause, parameters }: Campaign, accountIds: readonly string[]): Promise<void> {
    const now = this.clock.now()
    // an account may have been erased since it was listed
    const wanted = await this.erased.without(accountIds)
    const mails = wanted.map((accountId) =>
      queue({ id: emailIdOf(id, accountId), accountId, kind, cause, parameters, bulk: true }, now),
    )
    await this.emails.insertMany(mails)
    await this.erased.recheck(wanted)
    this.wakeSignal.notify()
  }

  /** An account may have been erased before the campaign noted that it has come to it. */
  async recheck({ after }: Campaign): Promise<void> {
    if (after !== null) await this.erased.recheck([after])
  }
}
