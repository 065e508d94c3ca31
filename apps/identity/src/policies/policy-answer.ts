import type { ApiAnswer, identity } from '@mpics/contracts'
import { type Policy, type PolicyVersion, supersededBy } from './policy.js'

export const policyAnswer = (policy: Policy, version: PolicyVersion): ApiAnswer<typeof identity.getPolicy> => ({
  document: policy.id,
  version: version.version,
  effectiveAt: version.effectiveAt.toISOString(),
  text: version.text,
  summary: version.summary,
  supersedes: supersededBy(policy, version),
})
