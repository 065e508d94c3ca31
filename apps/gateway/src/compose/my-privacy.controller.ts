import { gateway } from '@mpics/contracts'
import { Member, type MemberIdentity } from '@mpics/service-kit'
import { Controller, Req, Res } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { ServedHere } from '../routes/served-here.js'
import { ComposedAnswers } from './composed-answers.js'
import { ComposeMyPrivacy } from './my-privacy.js'

@Controller()
export class MyPrivacyController {
  constructor(
    private readonly answers: ComposedAnswers,
    private readonly privacy: ComposeMyPrivacy,
  ) {}

  @ServedHere(gateway.getMyPrivacy)
  read(
    @Member() member: MemberIdentity,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.answers.execute(gateway.getMyPrivacy, request, reply, {
      compose: (ledger) => this.privacy.execute(ledger, member),
      tagsOf: () => [],
    })
  }
}
