import { decide, type Decision, unchanged } from '@mpics/contracts'
import type { EmailCategory, MailParameters } from '../mail-definition/define-mail.js'
import { emailIdOf } from '../emails/email-id.js'

/** The right of one replica to go on with it, until then by the database's clock. */
export interface CampaignLease {
  holder: string
  until: Date
}

/** One mail to many people; each of them has a mail of their own, whose id comes from the campaign and the account. */
export interface Campaign {
  id: string
  kind: string
  category: EmailCategory
  /** Type of the event that caused it. */
  cause: string
  parameters: MailParameters
  /** Whoever registered later knows what it tells of. */
  registeredBefore: Date
  status: 'running' | 'finished'
  /** The account whose mail was queued last, while it runs. */
  after: string | null
  queued: number
  startedAt: Date
  finishedAt: Date | null
  lease: CampaignLease | null
}

export type NewCampaign = Pick<Campaign, 'kind' | 'category' | 'cause' | 'parameters' | 'registeredBefore'> & {
  /** What it tells of: there is one campaign for it, however often it is told. */
  about: string
}

export const startCampaign = ({ about, ...campaign }: NewCampaign, now: Date): Decision<Campaign> =>
  decide<Campaign>({
    id: emailIdOf('campaign', about),
    ...campaign,
    status: 'running',
    after: null,
    queued: 0,
    startedAt: now,
    finishedAt: null,
    lease: null,
  })

/** Of an id that begins with its time (RFC 9562, UUIDv7): what stays the same for 65 seconds. */
const MINUTE_DIGITS = 8

/**
 * A place in the list before somebody who is erased, which leads to nobody. Whoever is between the two is queued already, and stays as
 * they are.
 */
export const placeBefore = (accountId: string): string =>
  `${accountId.slice(0, MINUTE_DIGITS)}-0000-7000-8000-000000000000`

/** The mails of these accounts are queued; without any it has come to its end. */
export function advance(campaign: Campaign, accountIds: readonly string[], now: Date): Decision<Campaign> {
  if (campaign.status === 'finished') return unchanged(campaign)
  const after = accountIds.at(-1)
  if (after === undefined) return decide({ ...campaign, status: 'finished', after: null, finishedAt: now, lease: null })
  return decide({ ...campaign, after, queued: campaign.queued + accountIds.length })
}
