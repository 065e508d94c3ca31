import { Module } from '@nestjs/common'
import { DiffPolicies } from './diff-policies.js'
import { ListAnnouncements } from './list-announcements.js'
import { PoliciesInForce } from './policies-in-force.js'
import { PoliciesController } from './policies.controller.js'
import { PolicyNoticesController } from './policy-notices.controller.js'
import { PolicyPublicationsController } from './policy-publications.controller.js'
import { PolicyRepository } from './policy.repository.js'
import { PublishFirstPolicies } from './publish-first-policies.js'
import { PublishPolicy } from './publish-policy.js'
import { ReadPolicies } from './read-policies.js'

@Module({
  controllers: [PoliciesController, PolicyNoticesController, PolicyPublicationsController],
  providers: [
    DiffPolicies,
    ListAnnouncements,
    PoliciesInForce,
    PolicyRepository,
    PublishFirstPolicies,
    PublishPolicy,
    ReadPolicies,
  ],
  exports: [PoliciesInForce],
})
export class PoliciesModule {}
