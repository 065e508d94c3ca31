import type { Decision } from '@mpics/contracts'
import { DAY_MS } from '@mpics/contracts/durations'
import { Clock } from '@mpics/service-kit'
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common'
import { firstPolicies } from './first-policies.js'
import { documentNames, isSuperseded, type Policy, type PolicyVersion, publishVersion } from './policy.js'
import { PolicyRepository } from './policy.repository.js'

/** Time to read a version before it comes into force (policy: "so you are always aware"). */
const NOTICE_MS = 30 * DAY_MS

/** Publishes the first documents if they are missing. Every replica does this when it starts. */
@Injectable()
export class PublishFirstPolicies implements OnApplicationBootstrap {
  constructor(
    private readonly policies: PolicyRepository,
    private readonly clock: Clock,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const all = firstPolicies()
    for (const document of documentNames) {
      const first = all.filter((version) => version.document === document)
      const versions = first.map(({ document: _, ...version }) => version)
      await this.policies.change(document, (policy) => publishMissing(policy, versions, this.clock.now()))
    }
  }
}

/** At once, so that no replica takes a site that another one is setting up for one that people use. */
function publishMissing(policy: Policy, versions: PolicyVersion[], now: Date): Decision<Policy> {
  const isNew = policy.versions.length === 0
  return versions.reduce<Decision<Policy>>(
    ({ state, events, changed }, version) => {
      if (isSuperseded(state, version)) return { state, events, changed }
      const next = publishVersion(state, isNew ? version : announced(policy, version, now))
      return { state: next.state, events: [...events, ...next.events], changed: changed || next.changed }
    },
    { state: policy, events: [], changed: false },
  )
}

/** On a site that has people, nobody could read a version before it was published, and what was published stays. */
function announced(policy: Policy, version: PolicyVersion, now: Date): PolicyVersion {
  const known = policy.versions.find((published) => published.version === version.version)
  if (known) return { ...version, publishedAt: known.publishedAt, effectiveAt: known.effectiveAt }
  const earliest = now.getTime() + NOTICE_MS
  return { ...version, publishedAt: now, effectiveAt: new Date(Math.max(version.effectiveAt.getTime(), earliest)) }
}
