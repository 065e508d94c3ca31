import { unchanged } from '@mpics/contracts'
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common'
import { firstPolicies } from './first-policies.js'
import { isSuperseded, publishVersion } from './policy.js'
import { PolicyRepository } from './policy.repository.js'

/** Publishes the first documents if they are missing. Every replica does this when it starts. */
@Injectable()
export class PublishFirstPolicies implements OnApplicationBootstrap {
  constructor(private readonly policies: PolicyRepository) {}

  async onApplicationBootstrap(): Promise<void> {
    for (const { document, ...version } of firstPolicies())
      await this.policies.change(document, (policy) =>
        isSuperseded(policy, version) ? unchanged(policy) : publishVersion(policy, version),
      )
  }
}
