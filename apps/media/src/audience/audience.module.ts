import { Module } from '@nestjs/common'
import { FollowerProjection } from './follower.projection.js'
import { FollowerRepository } from './follower.repository.js'
import { OwnerRepository } from './owner.repository.js'
import { ViewerRelations } from './viewer-relations.js'

@Module({
  providers: [FollowerProjection, FollowerRepository, OwnerRepository, ViewerRelations],
  exports: [FollowerRepository, OwnerRepository, ViewerRelations],
})
export class AudienceModule {}
