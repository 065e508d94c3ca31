import { type ApiAnswer, type ApiInput, notifications } from '@mpics/contracts'
import { Endpoint, Input } from '@mpics/service-kit'
import { Controller } from '@nestjs/common'
import type { Campaign } from './campaign.js'
import { CampaignRepository } from './campaign.repository.js'

@Controller()
export class CampaignsController {
  constructor(private readonly campaigns: CampaignRepository) {}

  @Endpoint(notifications.listCampaigns)
  async list(
    @Input() { query }: ApiInput<typeof notifications.listCampaigns>,
  ): Promise<ApiAnswer<typeof notifications.listCampaigns>> {
    const { items, nextCursor } = await this.campaigns.page(query)
    return { items: items.map(shown), nextCursor }
  }
}

const shown = ({ id, category, kind, parameters, status, queued, startedAt, finishedAt }: Campaign) => ({
  id,
  category,
  kind,
  document: parameters.detail ?? null,
  version: parameters.version ?? null,
  status,
  queued,
  startedAt: startedAt.toISOString(),
  finishedAt: finishedAt?.toISOString() ?? null,
})
