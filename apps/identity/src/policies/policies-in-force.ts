import { Clock } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { type AcceptedPolicies, type DocumentName, documentNames, versionInForce } from './policy.js'
import { PolicyNotFoundError, PolicyOutdatedError } from './policy.errors.js'
import { PolicyRepository, type PublishedVersions } from './policy.repository.js'

export interface VersionInForce {
  version: string
  effectiveAt: Date
}

export type VersionsInForce = Partial<Record<DocumentName, VersionInForce>>

/**
 * A replica knows for so long which versions there are. They change only by a publication, which comes before the version is in
 * force, and the clock is looked at for each question.
 */
const FRESH_MS = 1_000

/** Whoever decides about personal data asks at that moment, and stamps the answer on what was decided (B64). */
@Injectable()
export class PoliciesInForce {
  private known?: { versions: Promise<PublishedVersions[]>; until: number }

  constructor(
    private readonly policies: PolicyRepository,
    private readonly clock: Clock,
  ) {}

  async requireAccepted(accepted: AcceptedPolicies): Promise<void> {
    await this.requireCurrent(accepted)
  }

  /** A consent counts only for the notice that the person saw. */
  async outdated(privacyVersion: string): Promise<PolicyOutdatedError | undefined> {
    const { version: privacy } = await this.privacy()
    return privacyVersion === privacy ? undefined : new PolicyOutdatedError({ privacy })
  }

  /** Refuses versions that are not, or no longer, in force. */
  async requireCurrent(shown: Partial<AcceptedPolicies>): Promise<void> {
    const inForce = await this.versions()
    const named = documentNames.filter((name) => shown[name] !== undefined)
    if (named.every((name) => shown[name] === inForce[name]?.version)) return
    throw new PolicyOutdatedError(Object.fromEntries(named.map((name) => [name, inForce[name]?.version])))
  }

  /** The version of the privacy policy to stamp on a use of personal data. */
  async privacyVersion(): Promise<string> {
    return (await this.privacy()).version
  }

  async privacy(): Promise<VersionInForce> {
    const { privacy } = await this.versions()
    if (!privacy) throw new PolicyNotFoundError()
    return privacy
  }

  async versions(): Promise<VersionsInForce> {
    const now = this.clock.now()
    const policies = await this.published()
    return Object.fromEntries(policies.map((policy) => [policy._id, versionInForce(policy, now)]))
  }

  /** After a publication of this replica. */
  forget(): void {
    delete this.known
  }

  private published(): Promise<PublishedVersions[]> {
    const now = performance.now()
    if (!this.known || this.known.until <= now) {
      const versions = this.policies.findVersions()
      versions.catch(() => this.forget())
      this.known = { versions, until: now + FRESH_MS }
    }
    return this.known.versions
  }
}
