import { type ApiAnswer, type ApiInput, identity } from '@mpics/contracts'
import { Endpoint, Input } from '@mpics/service-kit'
import { Controller, Req, Res } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { clientOf } from '../sessions/client.js'
import { OpenKnownBrowser } from '../sessions/open-known-browser.js'
import { SessionAnswers } from '../sessions/session-answers.js'
import { CompleteLogIn } from './complete-log-in.js'

@Controller()
export class FactorLogInsController {
  constructor(
    private readonly completing: CompleteLogIn,
    private readonly opening: OpenKnownBrowser,
    private readonly answers: SessionAnswers,
  ) {}

  @Endpoint(identity.completeLogIn)
  async complete(
    @Input() { params, body }: ApiInput<typeof identity.completeLogIn>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ApiAnswer<typeof identity.completeLogIn>> {
    const client = clientOf(request)
    const evidence = { code: body.code ?? body.recoveryCode, passkey: body.passkey }
    const { account, pending, proof } = await this.completing.execute(params.id, evidence)
    const { id, sharedComputer, knownBrowserHash } = pending
    const proved = { id, sharedComputer, known: knownBrowserHash !== null, provedBy: ['password', proof] as const }
    const opened = await this.opening.execute(account, proved, undefined, client)
    return this.answers.loggedIn(opened, pending, client, reply)
  }
}
