import { type ApiAnswer, type ApiInput, identity } from '@mpics/contracts'
import { Endpoint, Input, Member, type MemberIdentity } from '@mpics/service-kit'
import { Controller, Req } from '@nestjs/common'
import type { FastifyRequest } from 'fastify'
import { networkOf } from '../sessions/client.js'
import { DecideRecovery } from './decide-recovery.js'
import { RequestRecovery } from './request-recovery.js'

@Controller()
export class FactorRecoveriesController {
  constructor(
    private readonly requesting: RequestRecovery,
    private readonly deciding: DecideRecovery,
  ) {}

  @Endpoint(identity.requestFactorRecovery)
  request(
    @Input() { body }: ApiInput<typeof identity.requestFactorRecovery>,
    @Req() { headers }: FastifyRequest,
  ): Promise<void> {
    return this.requesting.execute(body, networkOf(headers))
  }

  @Endpoint(identity.confirmFactorRecovery)
  confirm(
    @Input() { body }: ApiInput<typeof identity.confirmFactorRecovery>,
  ): Promise<ApiAnswer<typeof identity.confirmFactorRecovery>> {
    return this.deciding.confirm(body.token)
  }

  @Endpoint(identity.cancelFactorRecovery)
  cancel(@Input() { body }: ApiInput<typeof identity.cancelFactorRecovery>): Promise<void> {
    return this.deciding.cancel(body.token)
  }

  @Endpoint(identity.cancelMyFactorRecovery)
  cancelMine(@Member() { accountId }: MemberIdentity): Promise<void> {
    return this.deciding.cancelOf(accountId)
  }
}
