import { type ApiAnswer, type ApiInput, profiles } from '@mpics/contracts'
import { Caller, type CallerIdentity, Endpoint, Input, Member, type MemberIdentity } from '@mpics/service-kit'
import { Controller } from '@nestjs/common'
import { FollowPhotographer } from '../follows/follow-photographer.js'
import { ListFollows } from './list-follows.js'
import { UnfollowPhotographer } from '../follows/unfollow-photographer.js'

@Controller()
export class FollowsController {
  constructor(
    private readonly following: FollowPhotographer,
    private readonly unfollowing: UnfollowPhotographer,
    private readonly lists: ListFollows,
  ) {}

  @Endpoint(profiles.followProfile)
  follow(
    @Input() { params }: ApiInput<typeof profiles.followProfile>,
    @Member() member: MemberIdentity,
  ): Promise<void> {
    return this.following.execute(member.accountId, params.handle)
  }

  @Endpoint(profiles.unfollowProfile)
  unfollow(
    @Input() { params }: ApiInput<typeof profiles.unfollowProfile>,
    @Member() member: MemberIdentity,
  ): Promise<void> {
    return this.unfollowing.execute(member.accountId, params.handle)
  }

  @Endpoint(profiles.listFollowers)
  followers(
    @Input() { params, query }: ApiInput<typeof profiles.listFollowers>,
    @Caller() caller: CallerIdentity,
  ): Promise<ApiAnswer<typeof profiles.listFollowers>> {
    return this.lists.followers(params.handle, query, caller.member?.accountId ?? null)
  }

  @Endpoint(profiles.listFollowing)
  followed(
    @Input() { params, query }: ApiInput<typeof profiles.listFollowing>,
    @Caller() caller: CallerIdentity,
  ): Promise<ApiAnswer<typeof profiles.listFollowing>> {
    return this.lists.following(params.handle, query, caller.member?.accountId ?? null)
  }
}
