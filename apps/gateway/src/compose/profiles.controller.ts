import { gateway, profiles } from '@mpics/contracts'
import { Member, type MemberIdentity } from '@mpics/service-kit'
import { Controller, Req, Res } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { ServedHere } from '../routes/served-here.js'
import { withViews } from './compose-photos.js'
import { answerWith, PrimaryAnswer } from './primary-answer.js'
import { Enrichments } from './enrichments.js'

@Controller()
export class ProfilesController {
  constructor(
    private readonly primary: PrimaryAnswer,
    private readonly enrichments: Enrichments,
  ) {}

  @ServedHere(profiles.getProfile)
  async profile(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const answer = await this.primary.read(profiles.getProfile, request)
    const page = `/profiles/${answer.body.id}`
    return answerWith(reply, answer, withViews(answer.body, await this.enrichments.views([page]), page))
  }

  @ServedHere(gateway.getMyAccount)
  async me(
    @Member() member: MemberIdentity,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const [answer, fullName] = await Promise.all([
      this.primary.read(gateway.getMyAccount, request),
      this.enrichments.fullName(member),
    ])
    return answerWith(reply, answer, { ...answer.body, fullName })
  }
}
