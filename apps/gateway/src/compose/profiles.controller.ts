import { gateway, profiles } from '@mpics/contracts'
import { Member, type MemberIdentity } from '@mpics/service-kit'
import { Controller, Req, Res } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { ofHandle } from '../answers/public-answers.js'
import { ServedHere } from '../routes/served-here.js'
import { ComposedAnswers } from './composed-answers.js'
import { withViews } from './compose-photos.js'
import { Enrichments } from './enrichments.js'

@Controller()
export class ProfilesController {
  constructor(
    private readonly answers: ComposedAnswers,
    private readonly enrichments: Enrichments,
  ) {}

  @ServedHere(profiles.getProfile)
  profile(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    return this.answers.execute(profiles.getProfile, request, reply, {
      compose: async (profile) => {
        const page = `/profiles/${profile.id}`
        return withViews(profile, await this.enrichments.views([page]), page)
      },
      tagsOf: ({ id, handle }) => [id, ofHandle(handle)],
    })
  }

  @ServedHere(gateway.getMyAccount)
  me(
    @Member() member: MemberIdentity,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const fullName = this.enrichments.fullName(member)
    return this.answers.execute(gateway.getMyAccount, request, reply, {
      compose: async (account) => ({ ...account, fullName: await fullName }),
      tagsOf: () => [],
    })
  }
}
