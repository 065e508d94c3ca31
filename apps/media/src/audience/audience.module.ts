import { Module } from '@nestjs/common'
import { FollowerProjection } from './follower.projection.js'
import { FollowerRepository } from './follower.repository.js'
import { ViewerRelations } from './viewer-relations.js'

@Module({
  providers: [FollowerProjection, FollowerRepository, ViewerRelations],
  exports: [FollowerRepository, ViewerRelations],
})
export class AudienceModule {}
