import {
  type ApiAnswer,
  type ApiInput,
  changeMyProfile,
  getMyProfile,
  getMyVisibility,
  previewMyProfile,
  setMyVisibility,
} from '@mpics/contracts'
import { Endpoint, entityTag, Input, Member, type MemberIdentity } from '@mpics/service-kit'
import { Controller, Headers, Res } from '@nestjs/common'
import type { FastifyReply } from 'fastify'
import { ChangeMyProfile } from '../profiles/change-my-profile.js'
import { MyProfile } from '../profiles/my-profile.js'
import { ReadProfile } from './read-profile.js'
import { showMyProfile } from '../profiles/shown-profile.js'

@Controller()
export class MyProfileController {
  constructor(
    private readonly mine: MyProfile,
    private readonly changing: ChangeMyProfile,
    private readonly read: ReadProfile,
  ) {}

  @Endpoint(getMyProfile)
  async get(
    @Member() { accountId }: MemberIdentity,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ApiAnswer<typeof getMyProfile>> {
    return tagged(reply, showMyProfile(await this.mine.of(accountId)))
  }

  @Endpoint(changeMyProfile)
  async change(
    @Input() { body }: ApiInput<typeof changeMyProfile>,
    @Member() { accountId }: MemberIdentity,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Headers('if-match') ifMatch?: string,
  ): Promise<ApiAnswer<typeof changeMyProfile>> {
    return tagged(reply, showMyProfile(await this.changing.fields(accountId, body, ifMatch)))
  }

  @Endpoint(getMyVisibility)
  async visibility(
    @Member() { accountId }: MemberIdentity,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ApiAnswer<typeof getMyVisibility>> {
    return tagged(reply, (await this.mine.of(accountId)).visibility)
  }

  @Endpoint(setMyVisibility)
  async setVisibility(
    @Input() { body }: ApiInput<typeof setMyVisibility>,
    @Member() { accountId }: MemberIdentity,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Headers('if-match') ifMatch?: string,
  ): Promise<ApiAnswer<typeof setMyVisibility>> {
    return tagged(reply, (await this.changing.visibility(accountId, body, ifMatch)).visibility)
  }

  @Endpoint(previewMyProfile)
  preview(
    @Input() { query }: ApiInput<typeof previewMyProfile>,
    @Member() { accountId }: MemberIdentity,
  ): Promise<ApiAnswer<typeof previewMyProfile>> {
    return this.read.preview(accountId, query.as)
  }
}

function tagged<T extends object>(reply: FastifyReply, answer: T): T {
  reply.header('etag', entityTag(answer))
  return answer
}
