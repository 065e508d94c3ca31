import { decide, type Decision, identity, unchanged } from '@mpics/contracts'
import { PolicyImmutableError, PolicyOrderError } from './policy.errors.js'

export type DocumentName = 'privacy' | 'terms'
export const documentNames = ['privacy', 'terms'] as const satisfies DocumentName[]

/** The versions that a person accepted at registration. */
export interface AcceptedPolicies {
  terms: string
  privacy: string
}

export interface PolicyVersion {
  version: string
  effectiveAt: Date
  publishedAt: Date
  text: string
  summary: string
}

/** A document with all its versions, oldest first. A published version never changes. */
export interface Policy {
  id: DocumentName
  versions: PolicyVersion[]
}

export const newPolicy = (document: DocumentName): Policy => ({ id: document, versions: [] })

/** Publishing the same version again changes nothing, so that every replica may do it when it starts. */
export function publishVersion(policy: Policy, next: PolicyVersion): Decision<Policy> {
  const known = policy.versions.find(({ version }) => version === next.version)
  if (known && isSame(known, next)) return unchanged(policy)
  if (known) throw new PolicyImmutableError(policy.id, next.version)
  const latest = policy.versions.at(-1)
  if (latest && next.effectiveAt <= latest.effectiveAt) throw new PolicyOrderError(latest.version)
  return decide(
    { ...policy, versions: [...policy.versions, next] },
    identity.policyPublished.of({
      document: policy.id,
      version: next.version,
      effectiveAt: next.effectiveAt.toISOString(),
    }),
  )
}

/** The site has published a later version and not this one, which then never comes into force there. */
export const isSuperseded = ({ versions }: Policy, { version, effectiveAt }: PolicyVersion): boolean =>
  versions.every((known) => known.version !== version) && versions.some((known) => known.effectiveAt >= effectiveAt)

const isSame = (a: PolicyVersion, b: PolicyVersion) =>
  a.text === b.text && a.summary === b.summary && a.effectiveAt.getTime() === b.effectiveAt.getTime()

/** Policy: "Use of information we collect now is subject to the Privacy Policy in effect at the time such information is used." */
export const versionInForce = (policy: Policy, at: Date): PolicyVersion | undefined =>
  policy.versions.findLast(({ effectiveAt }) => effectiveAt <= at)

export const supersededBy = (policy: Policy, version: PolicyVersion): string | null =>
  policy.versions[policy.versions.indexOf(version) - 1]?.version ?? null
