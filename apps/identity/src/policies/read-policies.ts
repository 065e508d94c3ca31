import type { ApiAnswer, ApiInput, identity, Language } from '@mpics/contracts'
import { Clock } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { policyAnswer } from './policy-answer.js'
import { documentNames, versionInForce } from './policy.js'
import { PolicyNotFoundError } from './policy.errors.js'
import { PolicyRepository } from './policy.repository.js'

@Injectable()
export class ReadPolicies {
  constructor(
    private readonly policies: PolicyRepository,
    private readonly clock: Clock,
  ) {}

  async inForce(language: Language): Promise<ApiAnswer<typeof identity.listPolicies>> {
    const now = this.clock.now()
    const policies = await this.policies.findMany(documentNames)
    const items = policies.flatMap((policy) => {
      const version = versionInForce(policy, now)
      return version ? [policyAnswer(policy, version, language)] : []
    })
    return { items, nextCursor: null }
  }

  /** Serves disputes (policy: "your visit and any possible dispute over privacy is subject to this Privacy Policy"). */
  async one(
    { params, query }: ApiInput<typeof identity.getPolicy>,
    language: Language,
  ): Promise<ApiAnswer<typeof identity.getPolicy>> {
    const policy = await this.policies.find(params.document)
    const at = query.at === undefined ? undefined : instantOf(query.at)
    const named = policy.versions.find(({ version }) => version === query.version)
    const inForce = versionInForce(policy, at ?? this.clock.now())
    const version = query.version === undefined ? inForce : named
    if (!version || (at && version !== inForce)) throw new PolicyNotFoundError()
    return policyAnswer(policy, version, language)
  }
}

/** A day means its last moment, so that a version that comes into force on that day counts. */
const instantOf = (at: string) => new Date(at.length === 'YYYY-MM-DD'.length ? `${at}T23:59:59.999Z` : at)
