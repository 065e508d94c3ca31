import { type ApiAnswer, identity } from '@mpics/contracts'
import { Clock, Peers } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import type { Email } from '../emails/email.js'
import { MailboxRepository } from '../mailboxes/mailbox.repository.js'
import { SettingsRepository } from '../settings/settings.repository.js'
import { Foreseen } from '../sources/foreseen.js'
import type { RecipientState } from './judge-email.js'

type Answer = ApiAnswer<typeof identity.mailRecipients>
type Addressee = Answer['items'][number]
type Addressed = Pick<Email, 'id' | 'accountId'>
export type Recipient = Addressee & RecipientState & { policyVersion: string | null }

/** Asks identity for the address at each attempt and stores it nowhere (B21). */
@Injectable()
export class Recipients {
  private readonly foreseen = new Foreseen<Answer>()

  constructor(
    private readonly peers: Peers,
    private readonly settings: SettingsRepository,
    private readonly mailboxes: MailboxRepository,
    private readonly clock: Clock,
  ) {}

  /** Asks now for the recipient of a mail that is being made. No other mail uses the answer. */
  foresee({ id, accountId }: Addressed): void {
    this.foreseen.foresee(id, () => this.ask(accountId, true))
  }

  /** Undefined when the account is unknown or erased (B53); null when it waits for no new address. */
  async find({ id, accountId }: Addressed, toNewAddress?: boolean): Promise<Recipient | undefined | null> {
    const [{ items, policyVersion = null }, { choices, refusals }, failing] = await Promise.all([
      this.foreseen.take(id, () => this.ask(accountId)),
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

  private ask(accountId: string, isEarly = false): Promise<Answer> {
    return this.peers.call(identity.mailRecipients, { body: { accountIds: [accountId] }, isEarly })
  }
}

const atNewAddress = (addressee: Addressee): Addressee | null =>
  addressee.newEmail ? { ...addressee, email: addressee.newEmail, emailVerified: false } : null
