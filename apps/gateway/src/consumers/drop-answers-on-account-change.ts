import { type Envelope, identity } from '@mpics/contracts'
import { EventConsumer, On } from '@mpics/eventing'
import { ChangingAccounts } from '../answers/changing-accounts.js'
import { forCaches } from './for-caches.js'

const changes = [...identity.standingFacts, identity.accountErased]

/** Caches drop what they hold after this, and hold nothing of the account until the other services have heard too. */
@EventConsumer()
export class DropAnswersOnAccountChange {
  constructor(private readonly changing: ChangingAccounts) {}

  @On(changes, forCaches)
  async changed({ data }: Envelope<(typeof changes)[number]>): Promise<void> {
    this.changing.note(data.accountId)
  }
}
