import { Module } from '@nestjs/common'
import { FollowerProjection } from './follower.projection.js'
import { FollowerRepository } from './follower.repository.js'
import { Readers } from './readers.js'

@Module({
  providers: [FollowerProjection, FollowerRepository, Readers],
  exports: [FollowerRepository, Readers],
})
export class AudienceModule {}
