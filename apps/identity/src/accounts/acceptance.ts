import { decide, type Decision, unchanged } from '@mpics/contracts'
import { type AcceptedPolicies, type DocumentName, documentNames } from '../policies/policy.js'
import type { Account } from './account.js'

/** A version of a document that the person accepted by saying so; a visit alone is none (B02). */
export interface Acceptance {
  document: DocumentName
  version: string
  at: Date
  where: 'registration' | 'visit'
}

const acceptedAt = (where: Acceptance['where'], accepted: Partial<AcceptedPolicies>, at: Date): Acceptance[] =>
  documentNames.flatMap((document) => {
    const { [document]: version } = accepted
    return version === undefined ? [] : [{ document, version, at, where }]
  })

export const acceptedAtRegistration = (accepted: AcceptedPolicies, registeredAt: Date): Acceptance[] =>
  acceptedAt('registration', accepted, registeredAt)

export const hasAccepted = ({ acceptances }: Account, document: DocumentName, version: string): boolean =>
  acceptances.some((acceptance) => acceptance.document === document && acceptance.version === version)

/** Accepts what was shown; each version is accepted once. */
export function acceptPolicies(account: Account, shown: Partial<AcceptedPolicies>, now: Date): Decision<Account> {
  const fresh = acceptedAt('visit', shown, now).filter(
    ({ document, version }) => !hasAccepted(account, document, version),
  )
  if (fresh.length === 0) return unchanged(account)
  const latest = Object.fromEntries(fresh.map(({ document, version }) => [document, version]))
  return decide({
    ...account,
    accepted: { ...account.accepted, ...latest },
    acceptances: [...account.acceptances, ...fresh],
  })
}
