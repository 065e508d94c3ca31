import { type ApiAnswer, type ApiInput, profiles } from '@mpics/contracts'
import { Endpoint, Input, Member, type MemberIdentity, tagged } from '@mpics/service-kit'
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

  @Endpoint(profiles.getMyProfile)
  async get(
    @Member() { accountId }: MemberIdentity,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ApiAnswer<typeof profiles.getMyProfile>> {
    return tagged(reply, showMyProfile(await this.mine.of(accountId)))
  }

  @Endpoint(profiles.changeMyProfile)
  async change(
    @Input() { body }: ApiInput<typeof profiles.changeMyProfile>,
    @Member() { accountId }: MemberIdentity,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Headers('if-match') ifMatch?: string,
  ): Promise<ApiAnswer<typeof profiles.changeMyProfile>> {
    return tagged(reply, showMyProfile(await this.changing.fields(accountId, body, ifMatch)))
  }

  @Endpoint(profiles.getMyVisibility)
  async visibility(
    @Member() { accountId }: MemberIdentity,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ApiAnswer<typeof profiles.getMyVisibility>> {
    return tagged(reply, (await this.mine.of(accountId)).visibility)
  }

  @Endpoint(profiles.setMyVisibility)
  async setVisibility(
    @Input() { body }: ApiInput<typeof profiles.setMyVisibility>,
    @Member() { accountId }: MemberIdentity,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Headers('if-match') ifMatch?: string,
  ): Promise<ApiAnswer<typeof profiles.setMyVisibility>> {
    return tagged(reply, (await this.changing.visibility(accountId, body, ifMatch)).visibility)
  }

  @Endpoint(profiles.previewMyProfile)
  preview(
    @Input() { query }: ApiInput<typeof profiles.previewMyProfile>,
    @Member() { accountId }: MemberIdentity,
  ): Promise<ApiAnswer<typeof profiles.previewMyProfile>> {
    return this.read.preview(accountId, query.as)
  }
}
