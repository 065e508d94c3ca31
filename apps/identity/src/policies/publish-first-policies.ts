import { Injectable, type OnApplicationBootstrap } from '@nestjs/common'
import { firstPolicies } from './first-policies.js'
import { publishVersion } from './policy.js'
import { PolicyRepository } from './policy.repository.js'

/** Publishes what the site begins with, if it is not there yet; every replica does so at its start. */
@Injectable()
export class PublishFirstPolicies implements OnApplicationBootstrap {
  constructor(private readonly policies: PolicyRepository) {}

  async onApplicationBootstrap(): Promise<void> {
    for (const { document, ...version } of firstPolicies())
      await this.policies.change(document, (policy) => publishVersion(policy, version))
  }
}
