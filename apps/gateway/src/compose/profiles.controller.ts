import { getMyAccount, getProfile } from '@mpics/contracts'
import { Member, type MemberIdentity } from '@mpics/service-kit'
import { Controller, Req, Res } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { ServedHere } from '../routes/served-here.js'
import { withViews } from './compose-photos.js'
import { answerWith, MainPart } from './main-part.js'
import { MinorParts } from './minor-parts.js'

@Controller()
export class ProfilesController {
  constructor(
    private readonly main: MainPart,
    private readonly minor: MinorParts,
  ) {}

  @ServedHere(getProfile)
  async profile(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const part = await this.main.read(getProfile, request)
    const page = `/profiles/${part.body.id}`
    return answerWith(reply, part, withViews(part.body, await this.minor.views([page]), page))
  }

  @ServedHere(getMyAccount)
  async me(
    @Member() member: MemberIdentity,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const [part, fullName] = await Promise.all([this.main.read(getMyAccount, request), this.minor.fullName(member)])
    return answerWith(reply, part, { ...part.body, fullName })
  }
}
