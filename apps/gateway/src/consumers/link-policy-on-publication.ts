import { type Envelope, policyPublished } from '@mpics/contracts'
import { EventConsumer, On } from '@mpics/eventing'
import { PoliciesInForce } from '../policies/policies-in-force.js'

@EventConsumer()
export class LinkPolicyOnPublication {
  constructor(private readonly policies: PoliciesInForce) {}

  @On(policyPublished, { idempotence: 'natural', delivery: 'every-replica' })
  async handle({ data }: Envelope<typeof policyPublished>): Promise<void> {
    this.policies.publish({ ...data, effectiveAt: new Date(data.effectiveAt) })
  }
}
