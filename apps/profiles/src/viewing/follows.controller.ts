import {
  type ApiAnswer,
  type ApiInput,
  followProfile,
  listFollowers,
  listFollowing,
  unfollowProfile,
} from '@mpics/contracts'
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

  @Endpoint(followProfile)
  follow(@Input() { params }: ApiInput<typeof followProfile>, @Member() member: MemberIdentity): Promise<void> {
    return this.following.execute(member.accountId, params.handle)
  }

  @Endpoint(unfollowProfile)
  unfollow(@Input() { params }: ApiInput<typeof unfollowProfile>, @Member() member: MemberIdentity): Promise<void> {
    return this.unfollowing.execute(member.accountId, params.handle)
  }

  @Endpoint(listFollowers)
  followers(
    @Input() { params, query }: ApiInput<typeof listFollowers>,
    @Caller() caller: CallerIdentity,
  ): Promise<ApiAnswer<typeof listFollowers>> {
    return this.lists.followers(params.handle, query, caller.member?.accountId ?? null)
  }

  @Endpoint(listFollowing)
  followed(
    @Input() { params, query }: ApiInput<typeof listFollowing>,
    @Caller() caller: CallerIdentity,
  ): Promise<ApiAnswer<typeof listFollowing>> {
    return this.lists.following(params.handle, query, caller.member?.accountId ?? null)
  }
}
