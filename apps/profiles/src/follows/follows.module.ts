import { TransactionsModule } from '@mpics/service-kit'
import { Module } from '@nestjs/common'
import { ProfileModule } from '../profiles/profile.module.js'
import { CountFollows } from './count-follows.js'
import { ErasedFollowsRepository } from './erased-follows.repository.js'
import { FollowPhotographer } from './follow-photographer.js'
import { FollowRepository } from './follow.repository.js'
import { ForgetTallies } from './forget-tallies.js'
import { HiddenFollowsRepository } from './hidden-follows.repository.js'
import { HideAccount } from './hide-account.js'
import { NoteFollows } from './note-follows.js'
import { ProfileStandings } from './profile-standings.projection.js'
import { TalliesProjection } from './tallies.projection.js'
import { TallyRepository } from './tally.repository.js'
import { UnfollowPhotographer } from './unfollow-photographer.js'

@Module({
  imports: [ProfileModule, TransactionsModule],
  providers: [
    CountFollows,
    ErasedFollowsRepository,
    FollowPhotographer,
    FollowRepository,
    ForgetTallies,
    HiddenFollowsRepository,
    HideAccount,
    NoteFollows,
    ProfileStandings,
    TalliesProjection,
    TallyRepository,
    UnfollowPhotographer,
  ],
  exports: [CountFollows, FollowPhotographer, FollowRepository, HideAccount, TallyRepository, UnfollowPhotographer],
})
export class FollowsModule {}
