import { type ApiAnswer, type ApiInput, getEmailSettings, putEmailSettings } from '@mpics/contracts'
import { Endpoint, Input, Member, type MemberIdentity } from '@mpics/service-kit'
import { Controller } from '@nestjs/common'
import { choose, type Settings } from './settings.js'
import { SettingsRepository } from './settings.repository.js'

@Controller()
export class SettingsController {
  constructor(private readonly settings: SettingsRepository) {}

  @Endpoint(getEmailSettings)
  async get(@Member() { accountId }: MemberIdentity): Promise<ApiAnswer<typeof getEmailSettings>> {
    return this.shown(await this.settings.find(accountId))
  }

  @Endpoint(putEmailSettings)
  async put(
    @Member() { accountId }: MemberIdentity,
    @Input() { body }: ApiInput<typeof putEmailSettings>,
  ): Promise<ApiAnswer<typeof putEmailSettings>> {
    return this.shown(await this.settings.change(accountId, (settings) => choose(settings, body)))
  }

  private async shown({ id, choices }: Settings): Promise<ApiAnswer<typeof getEmailSettings>> {
    const granted = await this.settings.grantedConsents(id, ['email-news', 'email-products', 'email-offers'])
    const consent = (category: string) => granted.has(`email-${category}`)
    const mirrored = { news: consent('news'), products: consent('products'), offers: consent('offers') }
    return { ...choices, system: 'locked', legal: 'locked', ...mirrored }
  }
}
