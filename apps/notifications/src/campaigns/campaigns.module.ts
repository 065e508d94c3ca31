import { Module } from '@nestjs/common'
import { EmailsModule } from '../emails/emails.module.js'
import { CampaignMetrics } from './campaign-metrics.js'
import { CampaignRepository } from './campaign.repository.js'
import { CampaignsController } from './campaigns.controller.js'
import { QueueCampaignMails } from './queue-campaign-mails.js'
import { RunCampaigns } from './run-campaigns.js'
import { StartCampaign } from './start-campaign.js'

@Module({
  imports: [EmailsModule],
  controllers: [CampaignsController],
  providers: [CampaignMetrics, CampaignRepository, QueueCampaignMails, RunCampaigns, StartCampaign],
  exports: [CampaignRepository, QueueCampaignMails, StartCampaign],
})
export class CampaignsModule {}
