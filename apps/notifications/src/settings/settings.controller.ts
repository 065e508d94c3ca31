import { type ApiAnswer, type ApiInput, getEmailSettings, putEmailSettings } from '@mpics/contracts'
import { Endpoint, Input, Member, type MemberIdentity } from '@mpics/service-kit'
import { Controller } from '@nestjs/common'
import { ConsentMirrorRepository } from '../consents/consent-mirror.repository.js'
import { choose, type MirroredConsents, type Settings } from './settings.js'
import { SettingsRepository } from './settings.repository.js'

@Controller()
export class SettingsController {
  constructor(
    private readonly settings: SettingsRepository,
    private readonly consents: ConsentMirrorRepository,
  ) {}

  @Endpoint(getEmailSettings)
  async get(@Member() { accountId }: MemberIdentity): Promise<ApiAnswer<typeof getEmailSettings>> {
    return shown(await this.settings.find(accountId), await this.consents.find(accountId))
  }

  @Endpoint(putEmailSettings)
  async put(
    @Member() { accountId }: MemberIdentity,
    @Input() { body }: ApiInput<typeof putEmailSettings>,
  ): Promise<ApiAnswer<typeof putEmailSettings>> {
    const consents = await this.consents.find(accountId)
    return shown(await this.settings.change(accountId, (settings) => choose(settings, body, consents)), consents)
  }
}

const shown = ({ choices }: Settings, consents: MirroredConsents) => ({
  ...choices,
  system: 'locked' as const,
  legal: 'locked' as const,
  ...consents,
})
