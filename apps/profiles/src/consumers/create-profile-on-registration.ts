import { type Envelope, identity } from '@mpics/contracts'
import { EventConsumer, On } from '@mpics/eventing'
import { CreateProfile } from '../profiles/create-profile.js'

/** Natural: a profile that is there already stays as it is. An account that is gone meanwhile gets none. */
@EventConsumer()
export class CreateProfileOnRegistration {
  constructor(private readonly createProfile: CreateProfile) {}

  @On(identity.accountRegistered, { idempotence: 'natural' })
  async handle({ data }: Envelope<typeof identity.accountRegistered>): Promise<void> {
    await this.createProfile.execute(data.accountId)
  }
}
