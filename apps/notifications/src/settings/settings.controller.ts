import { type ApiAnswer, type ApiInput, notifications } from '@mpics/contracts'
import { Endpoint, Input, Member, type MemberIdentity, requireMatch, tagged } from '@mpics/service-kit'
import { Controller, Headers, Res } from '@nestjs/common'
import type { FastifyReply } from 'fastify'
import { ConsentProjectionRepository } from './consent-projection.repository.js'
import { choose, knownChoices, type ProjectedConsents, type Settings, shownConsents } from './settings.js'
import { SettingsRepository } from './settings.repository.js'

@Controller()
export class SettingsController {
  constructor(
    private readonly settings: SettingsRepository,
    private readonly consents: ConsentProjectionRepository,
  ) {}

  @Endpoint(notifications.getEmailSettings)
  async get(
    @Member() { accountId }: MemberIdentity,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ApiAnswer<typeof notifications.getEmailSettings>> {
    return tagged(reply, shown(await this.settings.find(accountId), await this.consents.find(accountId)))
  }

  @Endpoint(notifications.putEmailSettings)
  async put(
    @Member() { accountId }: MemberIdentity,
    @Input() { body }: ApiInput<typeof notifications.putEmailSettings>,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Headers('if-match') ifMatch?: string,
  ): Promise<ApiAnswer<typeof notifications.putEmailSettings>> {
    const consents = await this.consents.find(accountId)
    const changed = await this.settings.change(accountId, (settings) => {
      requireMatch(ifMatch, shown(settings, consents))
      return choose(settings, body, shownConsents(consents, settings))
    })
    return tagged(reply, shown(changed, consents))
  }
}

const shown = (settings: Settings, consents: ProjectedConsents) => ({
  ...knownChoices(settings.choices),
  system: 'locked' as const,
  legal: 'locked' as const,
  ...shownConsents(consents, settings),
})
