import { type ApiInput, identity } from '@mpics/contracts'
import { Endpoint, Input, Member, type MemberIdentity } from '@mpics/service-kit'
import { Controller, Req } from '@nestjs/common'
import type { FastifyRequest } from 'fastify'
import { networkOf } from '../sessions/client.js'
import { Prove } from './prove.js'

@Controller()
export class ProofsController {
  constructor(private readonly proving: Prove) {}

  @Endpoint(identity.proveMyself)
  async prove(
    @Member() member: MemberIdentity,
    @Input() { body }: ApiInput<typeof identity.proveMyself>,
    @Req() { headers }: FastifyRequest,
  ): Promise<void> {
    await this.proving.execute(member, body, networkOf(headers))
  }
}
