import { Clock } from '@mpics/service-kit'
import { Injectable, Logger } from '@nestjs/common'
import { type NewCampaign, startCampaign } from './campaign.js'
import { CampaignRepository } from './campaign.repository.js'
import { RunCampaigns } from './run-campaigns.js'

@Injectable()
export class StartCampaign {
  private readonly log = new Logger(StartCampaign.name)

  constructor(
    private readonly campaigns: CampaignRepository,
    private readonly running: RunCampaigns,
    private readonly clock: Clock,
  ) {}

  /** Started again, it is the one that was started. */
  async execute(campaign: NewCampaign): Promise<void> {
    const started = startCampaign(campaign, this.clock.now())
    if (!(await this.campaigns.insert(started))) return
    this.log.log({ campaignId: started.state.id, kind: campaign.kind }, 'a campaign begins')
    this.running.wake()
  }
}
