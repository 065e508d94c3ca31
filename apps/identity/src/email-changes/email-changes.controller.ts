import { type ApiInput, identity } from '@mpics/contracts'
import { Endpoint, Input, Member, type MemberIdentity } from '@mpics/service-kit'
import { Controller, Req } from '@nestjs/common'
import type { FastifyRequest } from 'fastify'
import { networkOf } from '../sessions/client.js'
import { ConfirmEmailChange } from './confirm-email-change.js'
import { DecideEmailChange } from './decide-email-change.js'
import { FreezeEmailChange } from './freeze-email-change.js'
import { RequestEmailChange } from './request-email-change.js'

@Controller()
export class EmailChangesController {
  constructor(
    private readonly requesting: RequestEmailChange,
    private readonly confirming: ConfirmEmailChange,
    private readonly freezing: FreezeEmailChange,
    private readonly deciding: DecideEmailChange,
  ) {}

  @Endpoint(identity.changeEmail)
  request(
    @Member() member: MemberIdentity,
    @Input() { body }: ApiInput<typeof identity.changeEmail>,
    @Req() { headers }: FastifyRequest,
  ): Promise<void> {
    return this.requesting.execute(member, body, networkOf(headers))
  }

  @Endpoint(identity.confirmEmailChange)
  confirm(@Input() { body }: ApiInput<typeof identity.confirmEmailChange>): Promise<void> {
    return this.confirming.execute(body.token)
  }

  @Endpoint(identity.freezeEmailChange)
  freeze(@Input() { body }: ApiInput<typeof identity.freezeEmailChange>): Promise<void> {
    return this.freezing.execute(body.token)
  }

  @Endpoint(identity.decideEmailChange)
  decide(
    @Input() { body }: ApiInput<typeof identity.decideEmailChange>,
    @Req() { headers }: FastifyRequest,
  ): Promise<void> {
    return this.deciding.execute(body, networkOf(headers))
  }
}
