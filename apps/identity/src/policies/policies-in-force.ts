import { Clock } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { type AcceptedPolicies, type DocumentName, documentNames, versionInForce } from './policy.js'
import { PolicyOutdatedError } from './policy.errors.js'
import { PolicyRepository } from './policy.repository.js'

/** Reads the versions on each call: a version comes into force without a restart. */
@Injectable()
export class PoliciesInForce {
  constructor(
    private readonly policies: PolicyRepository,
    private readonly clock: Clock,
  ) {}

  async requireAccepted(accepted: AcceptedPolicies): Promise<void> {
    const inForce = await this.versions()
    if (documentNames.some((name) => accepted[name] !== inForce[name])) throw new PolicyOutdatedError(inForce)
  }

  /** A consent counts only for the notice that the person saw. */
  async requireShown(privacyVersion: string): Promise<void> {
    const { privacy } = await this.versions()
    if (privacyVersion !== privacy) throw new PolicyOutdatedError({ privacy })
  }

  private async versions(): Promise<Partial<Record<DocumentName, string>>> {
    const now = this.clock.now()
    const policies = await this.policies.findMany(documentNames)
    return Object.fromEntries(policies.map((policy) => [policy.id, versionInForce(policy, now)?.version]))
  }
}
