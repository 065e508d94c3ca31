import { Clock } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { ConsentProjectionRepository } from '../settings/consent-projection.repository.js'
import {
  type Choice,
  isChosen,
  knownChoice,
  refuse,
  shownConsents,
  type StoppableCategory,
  turnOff,
} from '../settings/settings.js'
import { SettingsRepository } from '../settings/settings.repository.js'

/** Stops the mails of one category. What came by a consent stops here first, and then where the consent is held. */
@Injectable()
export class StopMails {
  constructor(
    private readonly settings: SettingsRepository,
    private readonly consents: ConsentProjectionRepository,
    private readonly clock: Clock,
  ) {}

  async choiceOf(accountId: string, category: StoppableCategory): Promise<Choice> {
    const settings = await this.settings.find(accountId)
    if (isChosen(category)) return knownChoice(settings.choices[category])
    return shownConsents(await this.consents.find(accountId), settings)[category] ? 'immediate' : 'off'
  }

  async execute(accountId: string, category: StoppableCategory): Promise<Choice> {
    const now = this.clock.now()
    const { choices } = await this.settings.change(accountId, (current) =>
      isChosen(category) ? turnOff(current, category) : refuse(current, category, now),
    )
    return isChosen(category) ? choices[category] : 'off'
  }
}
