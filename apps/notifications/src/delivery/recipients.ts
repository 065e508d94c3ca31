import { type ApiAnswer, identity } from '@mpics/contracts'
import { Clock, Peers } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { MailboxRepository } from '../mailboxes/mailbox.repository.js'
import { SettingsRepository } from '../settings/settings.repository.js'
import type { RecipientState } from './judge-email.js'

type Answer = ApiAnswer<typeof identity.mailRecipients>
type Addressee = Answer['items'][number]
export type Recipient = Addressee & RecipientState & { policyVersion: string | null }

interface Asked {
  toNewAddress?: boolean
  /** Before the mail is there. */
  isEarly?: boolean
}

/** Asks identity for the address at each attempt and stores it nowhere (B21). */
@Injectable()
export class Recipients {
  constructor(
    private readonly peers: Peers,
    private readonly settings: SettingsRepository,
    private readonly mailboxes: MailboxRepository,
    private readonly clock: Clock,
  ) {}

  /** Undefined when the account is unknown or erased (B53); null when it waits for no new address. */
  async find(accountId: string, { toNewAddress, isEarly }: Asked = {}): Promise<Recipient | undefined | null> {
    const [{ items, policyVersion = null }, { choices, refusals }, failing] = await Promise.all([
      this.peers.call(identity.mailRecipients, { body: { accountIds: [accountId] }, isEarly }),
      this.settings.find(accountId),
      this.mailboxes.failing(accountId, this.clock.now()),
    ])
    const known = items.find((item) => item.accountId === accountId)
    if (!known) return undefined
    const addressee = toNewAddress ? atNewAddress(known) : known
    if (!addressee) return null
    const addressFailing = failing(addressee.email)
    return { ...addressee, choices, refusals, addressFailing, policyVersion }
  }
}

const atNewAddress = (addressee: Addressee): Addressee | null =>
  addressee.newEmail ? { ...addressee, email: addressee.newEmail, emailVerified: false } : null
