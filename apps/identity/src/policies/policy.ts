import {
  DEFAULT_LANGUAGE,
  decide,
  type Decision,
  identity,
  type Language,
  languageCodes,
  unchanged,
} from '@mpics/contracts'
import { PoliciesFullError, PolicyDateError, PolicyImmutableError, PolicyOrderError } from './policy.errors.js'

export type DocumentName = 'privacy' | 'terms'
export const documentNames = ['privacy', 'terms'] as const satisfies DocumentName[]

/** One version of each document: those that a person accepted, or those in force. */
export interface AcceptedPolicies {
  terms: string
  privacy: string
}

export interface PolicyText {
  text: string
  summary: string
}

/** Its own texts are in the default language. */
export interface PolicyVersion extends PolicyText {
  version: string
  effectiveAt: Date
  publishedAt: Date
  translations: Partial<Record<Language, PolicyText>>
}

/** A document with all its versions, oldest first. A published version never changes. */
export interface Policy {
  id: DocumentName
  versions: PolicyVersion[]
}

export const newPolicy = (document: DocumentName): Policy => ({ id: document, versions: [] })

/** What a document of MongoDB holds (16 MiB), with room for a version more. */
const MAX_TEXT_BYTES = 12 * 1024 * 1024
/** Later than anybody plans, and before the years of five digits, which few programs read. */
const MAX_YEARS_AHEAD = 100

/** A person publishes it, with notice: a version that is in force already would bind people who could not read it. */
export function announceVersion(policy: Policy, next: PolicyVersion, now: Date): Decision<Policy> {
  if (isKnown(policy, next)) return publishVersion(policy, next)
  const latest = new Date(now)
  latest.setUTCFullYear(now.getUTCFullYear() + MAX_YEARS_AHEAD)
  if (next.effectiveAt <= now) throw new PolicyDateError('past')
  if (next.effectiveAt > latest) throw new PolicyDateError('too-late')
  if (bytesOf(policy) + bytesOf({ ...policy, versions: [next] }) > MAX_TEXT_BYTES) throw new PoliciesFullError()
  return publishVersion(policy, next)
}

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
export const isSuperseded = (policy: Policy, next: PolicyVersion): boolean =>
  !isKnown(policy, next) && policy.versions.some((known) => known.effectiveAt >= next.effectiveAt)

const isKnown = ({ versions }: Policy, { version }: PolicyVersion) =>
  versions.some((known) => known.version === version)

const isSame = (a: PolicyVersion, b: PolicyVersion) =>
  a.effectiveAt.getTime() === b.effectiveAt.getTime() &&
  languageCodes.every((code) => isSameText(textsOf(a)[code], textsOf(b)[code]))

const isSameText = (a?: PolicyText, b?: PolicyText) => a?.text === b?.text && a?.summary === b?.summary

const bytesOf = ({ versions }: Policy): number =>
  versions
    .flatMap((version) => Object.values(textsOf(version)))
    .reduce((bytes, { text, summary }) => bytes + Buffer.byteLength(text) + Buffer.byteLength(summary), 0)

const textsOf = ({ text, summary, translations }: PolicyVersion): Partial<Record<Language, PolicyText>> => ({
  ...translations,
  [DEFAULT_LANGUAGE]: { text, summary },
})

export const languagesOf = (version: PolicyVersion): Language[] =>
  languageCodes.filter((code) => textsOf(version)[code] !== undefined)

/** The texts in the wanted language, or in the default one. */
export function textIn(version: PolicyVersion, wanted: Language): PolicyText & { locale: Language } {
  const { [wanted]: translated } = version.translations
  if (translated) return { ...translated, locale: wanted }
  return { text: version.text, summary: version.summary, locale: DEFAULT_LANGUAGE }
}

/** Policy: "Use of information we collect now is subject to the Privacy Policy in effect at the time such information is used." */
export const versionInForce = <V extends { effectiveAt: Date }>(
  { versions }: { versions: readonly V[] },
  at: Date,
): V | undefined => versions.findLast(({ effectiveAt }) => effectiveAt <= at)

export const supersededBy = (policy: Policy, version: PolicyVersion): string | null =>
  policy.versions[policy.versions.indexOf(version) - 1]?.version ?? null
