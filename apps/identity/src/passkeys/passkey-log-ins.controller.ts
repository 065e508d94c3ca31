import { type ApiAnswer, type ApiInput, identity } from '@mpics/contracts'
import { Endpoint, Input } from '@mpics/service-kit'
import { Controller, Req, Res } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { clientOf } from '../sessions/client.js'
import { OpenKnownBrowser } from '../sessions/open-known-browser.js'
import { SessionAnswers } from '../sessions/session-answers.js'
import { PasskeyOptions } from './passkey-options.js'
import { UsePasskey } from './use-passkey.js'

@Controller()
export class PasskeyLogInsController {
  constructor(
    private readonly options: PasskeyOptions,
    private readonly use: UsePasskey,
    private readonly opening: OpenKnownBrowser,
    private readonly answers: SessionAnswers,
  ) {}

  @Endpoint(identity.beginPasskeyLogIn)
  begin(): ApiAnswer<typeof identity.beginPasskeyLogIn> {
    return this.options.toUse()
  }

  @Endpoint(identity.logInWithPasskey)
  async logIn(
    @Input() { body }: ApiInput<typeof identity.logInWithPasskey>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ApiAnswer<typeof identity.logInWithPasskey>> {
    const client = clientOf(request)
    const account = await this.use.execute(body.passkey)
    const { sharedComputer, tokenTransport } = body
    const proved = { sharedComputer, provedBy: ['passkey'] as const }
    const opened = await this.opening.execute(account, proved, body.browserToken, client)
    return this.answers.loggedIn(opened, { sharedComputer, asCookie: tokenTransport === 'cookie' }, client, reply)
  }
}
