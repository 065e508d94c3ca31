import type { Email } from '../emails/email.js'
import type { DigestRhythm } from '../emails/digest.js'
import { digestOf, mailOf } from '../mails/mail-of.js'
import {
  consentCategories,
  isAfterRefusal,
  isByConsent,
  isChosen,
  knownChoice,
  type Refusals,
  type Settings,
} from '../settings/settings.js'

/** The recipient at the moment of sending. */
export interface RecipientState {
  emailVerified: boolean
  consents: readonly string[]
  /** Since when each of them is given. */
  consentsGivenAt?: Readonly<Record<string, string>> | undefined
  choices: Settings['choices']
  refusals?: Refusals
  /** The mail server refused this very address for good. */
  addressFailing: boolean
  /** The account is locked or being closed. */
  hidden?: boolean | undefined
}

export type Verdict = { send: true } | { addToDigest: DigestRhythm } | { suppress: string }

/**
 * Whether a mail goes out, by the state of this moment (B19). An address that nobody has verified may be a stranger's: only the
 * mail that asks for the proof goes there. System mails (B25) and legal notices (B26) go to every verified address; all others
 * need that the recipient wants them. Somebody whose account is locked or being closed gets none but those about it.
 */
export function judge(email: Pick<Email, 'category' | 'kind'>, recipient: RecipientState): Verdict {
  const { category } = email
  if (!recipient.emailVerified && !mailOf(email.kind)?.toUnverified) return { suppress: 'address-unverified' }
  if (recipient.hidden && category !== 'legal' && !isAboutIdentity(email.kind)) return { suppress: 'account-hidden' }
  if (category === 'system' || category === 'legal') return { send: true }
  if (recipient.addressFailing) return { suppress: 'address-failing' }
  if (!isChosen(category)) return isConsented(category, recipient) ? { send: true } : NO_CONSENT
  const choice = knownChoice(recipient.choices[category])
  if (choice === 'off') return { suppress: 'setting-off' }
  const digest = digestOf(category)
  if (choice === 'immediate' || digest === undefined || digest === email.kind) return { send: true }
  return { addToDigest: choice }
}

/** A refusal by the link in a mail stops the next one, though identity may not have heard of it yet. */
function isConsented(category: string, { consents, consentsGivenAt = {}, refusals = {} }: RecipientState): boolean {
  const purpose = `email-${category}`
  if (!isByConsent(category) || !consents.includes(purpose)) return false
  return isAfterRefusal(refusals, category, consentsGivenAt[purpose])
}

/** Of the account itself, and not of what its owner did on the site. */
const isAboutIdentity = (kind: string): boolean =>
  mailOf(kind)?.cause?.event.topic.name.startsWith('identity.') ?? false

const NO_CONSENT = { suppress: 'no-consent' }

export const hasRules = (category: string): boolean =>
  isChosen(category) || ['system', 'legal', ...consentCategories].includes(category)
