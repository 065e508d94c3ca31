import { Module } from '@nestjs/common'
import { ListAnnouncements } from './list-announcements.js'
import { PoliciesInForce } from './policies-in-force.js'
import { PoliciesController } from './policies.controller.js'
import { PolicyRepository } from './policy.repository.js'
import { PublishFirstPolicies } from './publish-first-policies.js'
import { ReadPolicies } from './read-policies.js'

@Module({
  controllers: [PoliciesController],
  providers: [ListAnnouncements, PoliciesInForce, PolicyRepository, PublishFirstPolicies, ReadPolicies],
  exports: [PoliciesInForce],
})
export class PoliciesModule {}
