import { type Envelope, identity } from '@mpics/contracts'
import { EventConsumer, On } from '@mpics/eventing'
import { PoliciesInForce } from '../policies/policies-in-force.js'

/** Its links, and the announcement on each page, at once in every replica. */
@EventConsumer()
export class LinkPolicyOnPublication {
  constructor(private readonly policies: PoliciesInForce) {}

  @On(identity.policyPublished, { idempotence: 'natural', delivery: 'every-replica' })
  async handle({ time, data }: Envelope<typeof identity.policyPublished>): Promise<void> {
    const { document, version, effectiveAt } = data
    if (!identity.policyDocuments.isKnown(document)) return
    this.policies.publish({ document, version, publishedAt: new Date(time), effectiveAt: new Date(effectiveAt) })
  }
}
