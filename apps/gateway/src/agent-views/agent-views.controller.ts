import { type ApiAnswer, type ApiInput, gateway } from '@mpics/contracts'
import { Input } from '@mpics/service-kit'
import { Controller, Req } from '@nestjs/common'
import type { FastifyRequest } from 'fastify'
import { ServedHere } from '../routes/served-here.js'
import { TakeAgentViews } from './take-agent-views.js'

@Controller()
export class AgentViewsController {
  constructor(private readonly takeViews: TakeAgentViews) {}

  @ServedHere(gateway.recordAgentViews)
  record(
    @Input() { params, body }: ApiInput<typeof gateway.recordAgentViews>,
    @Req() request: FastifyRequest,
  ): Promise<ApiAnswer<typeof gateway.recordAgentViews>> {
    const { authorization } = request.headers
    return this.takeViews.execute({ agentId: params.agentId, ...body, authorization })
  }
}
