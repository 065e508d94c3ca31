import type { ApiAnswer, identity, Language } from '@mpics/contracts'
import { languagesOf, type Policy, type PolicyVersion, supersededBy, textIn } from './policy.js'

export function policyAnswer(
  policy: Policy,
  version: PolicyVersion,
  language: Language,
): ApiAnswer<typeof identity.getPolicy> {
  return {
    document: policy.id,
    version: version.version,
    publishedAt: version.publishedAt.toISOString(),
    effectiveAt: version.effectiveAt.toISOString(),
    ...textIn(version, language),
    locales: languagesOf(version),
    supersedes: supersededBy(policy, version),
  }
}
