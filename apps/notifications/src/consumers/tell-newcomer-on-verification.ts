import { type Envelope, identity } from '@mpics/contracts'
import { EventConsumer, On } from '@mpics/eventing'
import { CampaignRepository } from '../campaigns/campaign.repository.js'
import { QueueCampaignMails } from '../campaigns/queue-campaign-mails.js'

/**
 * Whoever proves an address while a version is announced accepted the one before it, and the list of recipients may have passed
 * their place. Where it has not, it finds the mail made.
 */
@EventConsumer()
export class TellNewcomerOnVerification {
  constructor(
    private readonly campaigns: CampaignRepository,
    private readonly queueMails: QueueCampaignMails,
  ) {}

  @On(identity.emailVerified, { idempotence: 'natural' })
  async handle({ data }: Envelope<typeof identity.emailVerified>): Promise<void> {
    const telling = await this.campaigns.tellingAt(new Date(data.verifiedAt))
    for (const campaign of telling) await this.queueMails.execute(campaign, [data.accountId])
  }
}
