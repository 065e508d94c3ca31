import { Metrics } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { DueEmailRepository } from '../emails/due-email.repository.js'
import { CampaignRepository } from './campaign.repository.js'

@Injectable()
export class CampaignMetrics {
  constructor(metrics: Metrics, campaigns: CampaignRepository, due: DueEmailRepository) {
    const running = 'Campaigns whose list of recipients is being gone through'
    metrics.gauge('notifications_campaigns_running', running, () => campaigns.countRunning())
    metrics.gauge('notifications_campaign_mails_waiting', 'Mails of campaigns that wait to be sent', () =>
      due.countBulk(),
    )
  }
}
