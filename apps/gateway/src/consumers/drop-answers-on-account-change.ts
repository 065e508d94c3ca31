import type { Envelope } from '@mpics/contracts'
import { EventConsumer, On } from '@mpics/eventing'
import { ChangingAccounts } from '../answers/changing-accounts.js'
import { accountChanges } from '../answers/on-account-change.js'
import { forCaches } from './for-caches.js'

/** Caches drop what they hold after this, and hold nothing of the account until the other services have heard too. */
@EventConsumer()
export class DropAnswersOnAccountChange {
  constructor(private readonly changing: ChangingAccounts) {}

  @On(accountChanges, forCaches)
  async changed({ data }: Envelope<(typeof accountChanges)[number]>): Promise<void> {
    this.changing.note(data.accountId)
  }
}
