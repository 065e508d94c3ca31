import { type ApiAnswer, type ApiInput, DEFAULT_LANGUAGE, type identity } from '@mpics/contracts'
import { Clock } from '@mpics/service-kit'
import { Injectable, Logger } from '@nestjs/common'
import { PoliciesInForce } from './policies-in-force.js'
import { announceVersion, type PolicyVersion } from './policy.js'
import { policyAnswer } from './policy-answer.js'
import { PolicyRepository } from './policy.repository.js'

type Publication = ApiInput<typeof identity.publishPolicy>['body']

/** Policy: "Million Pictures may amend this Privacy Policy from time to time"; what was published stays as it is (B63). */
@Injectable()
export class PublishPolicy {
  private readonly log = new Logger(PublishPolicy.name)

  constructor(
    private readonly policies: PolicyRepository,
    private readonly inForce: PoliciesInForce,
    private readonly clock: Clock,
  ) {}

  async execute({ document, ...publication }: Publication): Promise<ApiAnswer<typeof identity.publishPolicy>> {
    const now = this.clock.now()
    const next = versionOf(publication, now)
    const policy = await this.policies.change(document, (current) => announceVersion(current, next, now))
    this.inForce.forget()
    const published = policy.versions.find(({ version }) => version === next.version) ?? next
    this.log.log({ document, version: published.version, effectiveAt: published.effectiveAt }, 'a policy is published')
    return policyAnswer(policy, published, DEFAULT_LANGUAGE)
  }
}

const versionOf = ({ version, effectiveAt, texts }: Omit<Publication, 'document'>, now: Date): PolicyVersion => {
  const { en, ...others } = texts
  const translations = Object.fromEntries(Object.entries(others).filter(([, text]) => text !== undefined))
  return { version, effectiveAt: new Date(effectiveAt), publishedAt: now, ...en, translations }
}
