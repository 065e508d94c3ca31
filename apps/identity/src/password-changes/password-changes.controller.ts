import { type ApiInput, identity } from '@mpics/contracts'
import { Endpoint, Input, Member, type MemberIdentity } from '@mpics/service-kit'
import { Controller, Req } from '@nestjs/common'
import type { FastifyRequest } from 'fastify'
import { networkOf } from '../sessions/client.js'
import { ChangePassword } from './change-password.js'

@Controller()
export class PasswordChangesController {
  constructor(private readonly changing: ChangePassword) {}

  @Endpoint(identity.changePassword)
  change(
    @Member() member: MemberIdentity,
    @Input() { body }: ApiInput<typeof identity.changePassword>,
    @Req() { headers }: FastifyRequest,
  ): Promise<void> {
    return this.changing.execute(member, body, networkOf(headers))
  }
}
