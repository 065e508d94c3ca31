import { type Envelope, identity } from '@mpics/contracts'
import { EventConsumer, On } from '@mpics/eventing'
import { PoliciesInForce } from '../policies/policies-in-force.js'

@EventConsumer()
export class LinkPolicyOnPublication {
  constructor(private readonly policies: PoliciesInForce) {}

  @On(identity.policyPublished, { idempotence: 'natural', delivery: 'every-replica' })
  async handle({ data: { document, version, effectiveAt } }: Envelope<typeof identity.policyPublished>): Promise<void> {
    if (!identity.policyDocuments.isKnown(document)) return
    this.policies.publish({ document, version, effectiveAt: new Date(effectiveAt) })
  }
}
