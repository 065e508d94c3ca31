import { identity } from '@mpics/contracts'
import { failPoint, type Versioned } from '@mpics/eventing'
import { Clock, Peers } from '@mpics/service-kit'
import { type BeforeApplicationShutdown, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common'
import { DueEmailRepository } from '../emails/due-email.repository.js'
import { advance, type Campaign } from './campaign.js'
import { CampaignRepository } from './campaign.repository.js'
import { QueueCampaignMails } from './queue-campaign-mails.js'

/** A replica looks so often for campaigns that others started, or left when they died. */
const REST_MS = 5_000
/** While the mails of before wait to be sent. */
const BACKLOG_REST_MS = 500
const PAGE = 500
/** So many mails wait at most: a campaign to a million accounts takes no more room than one to a thousand. */
const MAX_WAITING = 1_000

/**
 * Goes through the recipients of a campaign page by page, one replica at a time. A page is safe to repeat, and only then is it
 * noted: whoever dies leaves it to the next, who queues nothing twice.
 */
@Injectable()
export class RunCampaigns implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger(RunCampaigns.name)
  private stopped = false
  private running?: Promise<void>
  private interrupt?: () => void

  constructor(
    private readonly campaigns: CampaignRepository,
    private readonly due: DueEmailRepository,
    private readonly queueMails: QueueCampaignMails,
    private readonly peers: Peers,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.running = this.run()
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true
    this.wake()
    await this.running
    await this.campaigns.giveBack().catch((error: unknown) => this.failed(error))
  }

  wake(): void {
    this.interrupt?.()
  }

  private async run(): Promise<void> {
    while (!this.stopped) {
      const rest = await this.step().catch((error: unknown) => this.failed(error))
      if (rest > 0 && !this.stopped) await this.rest(rest)
    }
  }

  /** Resolves to how long to rest. */
  private async step(): Promise<number> {
    const campaign = await this.campaigns.take()
    if (!campaign) return REST_MS
    if (await this.due.hasBulk(MAX_WAITING)) return BACKLOG_REST_MS
    await this.page(campaign)
    return 0
  }

  private async page({ version, ...campaign }: Versioned<Campaign>): Promise<void> {
    const query = { registeredBefore: campaign.registeredBefore.toISOString(), limit: PAGE }
    const { accountIds } = await this.peers.call(identity.legalNoticeRecipients, {
      query: { ...query, ...(campaign.after !== null && { after: campaign.after }) },
    })
    await this.queueMails.execute(campaign, accountIds)
    if (accountIds.length > 0) await failPoint('campaign.afterQueue')
    const next = advance(campaign, accountIds, this.clock.now())
    await this.campaigns.save({ ...campaign, version }, next)
    await this.queueMails.recheck(next.state)
    const { id: campaignId, queued, status } = next.state
    this.log.log({ campaignId, queued, status }, 'a campaign goes on')
  }

  private failed(error: unknown): number {
    this.log.warn({ err: error }, 'campaigns cannot go on at the moment')
    return REST_MS
  }

  private rest(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms)
      this.interrupt = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }
}
