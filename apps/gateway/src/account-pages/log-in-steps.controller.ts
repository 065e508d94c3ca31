import { DomainError, identity } from '@mpics/contracts'
import type { PeerInput } from '@mpics/service-kit'
import { Body, Controller, HttpCode, Post, Req, Res } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { GatewayConfig } from '../config.js'
import { PageCalls } from '../page-sessions/page-calls.js'
import { PageLogIn } from '../page-sessions/page-log-in.js'
import { fieldOf } from '../pages/form.js'
import { pageLanguageOf } from '../pages/page-language.js'
import { AccountAnswers } from './account-answers.js'
import { accountTextsIn } from './account-texts.js'
import { factorTextsIn } from './factor-texts.js'
import { LogInPage, type Problem } from './log-in-page.js'
import { nextOf } from './next-page.js'
import { credentialIn, PASSKEY_FIELD, signal } from './passkey-form.js'

type Assertion = NonNullable<PeerInput<typeof identity.logInWithPasskey>['body']>

/** The second step of a log-in, and the one step of a log-in by passkey. */
@Controller('/log-in')
export class LogInStepsController {
  constructor(
    private readonly calls: PageCalls,
    private readonly logIn: PageLogIn,
    private readonly answers: AccountAnswers,
    private readonly page: LogInPage,
    private readonly config: GatewayConfig,
  ) {}

  @Post('/factor')
  @HttpCode(200)
  async complete(@Body() form: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const [id, next] = [fieldOf(form, 'id'), nextOf(fieldOf(form, 'next'))]
    const factors = fieldOf(form, 'factors').split(' ')
    const opened = await this.calls
      .call(request, identity.completeLogIn, { params: { id }, body: evidenceIn(form) })
      .catch((error: unknown) => {
        const problem = problemOf(error, request)
        const again = problem.begin
          ? this.page.first(request, reply, { next, problem })
          : this.page.second(request, reply, { sessionId: id, factors, next, problem })
        return this.answers.show(request, reply, again)
      })
    if (!opened) return
    await this.logIn.execute(opened, reply)
    await this.answers.goTo(request, reply, next)
  }

  /** Tells the browser of a passkey that is known no more, so that it offers it no more. */
  @Post('/passkey')
  @HttpCode(200)
  async passkey(@Body() form: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const next = nextOf(fieldOf(form, 'next'))
    const passkey = credentialIn(fieldOf(form, PASSKEY_FIELD)) ?? {}
    const body = { passkey } as Assertion
    const opened = await this.calls.call(request, identity.logInWithPasskey, { body }).catch((error: unknown) => {
      if (!isRefusal(error)) throw error
      const problem = { text: factorTextsIn(pageLanguageOf(request)).passkey.refused, status: 422 }
      const { id } = passkey
      const about = { rpId: new URL(this.config.PUBLIC_URL).hostname, credentialId: id }
      const told = isUnknown(error) && typeof id === 'string' ? signal('signalUnknownCredential', about) : undefined
      return this.answers.show(
        request,
        reply,
        this.page.first(request, reply, { next, problem, ...(told && { signal: told }) }),
      )
    })
    if (!opened) return
    await this.logIn.execute(opened, reply)
    await this.answers.goTo(request, reply, next)
  }
}

type Evidence = NonNullable<PeerInput<typeof identity.completeLogIn>['body']>

function evidenceIn(form: unknown): Evidence {
  const [code, recoveryCode, text] = [
    fieldOf(form, 'code'),
    fieldOf(form, 'recoveryCode'),
    fieldOf(form, PASSKEY_FIELD),
  ]
  const passkey = credentialIn(text)
  if (passkey) return { passkey } as Evidence
  return recoveryCode === '' ? { code } : { recoveryCode }
}

const UNKNOWN = 'identity.passkey-unknown'
const REFUSED = ['identity.passkey-refused', UNKNOWN]

const isUnknown = (error: unknown): boolean => error instanceof DomainError && error.code === UNKNOWN

const isRefusal = (error: unknown): boolean =>
  error instanceof DomainError && (REFUSED.includes(error.code) || error.kind === 'invalid')

function problemOf(error: unknown, request: FastifyRequest): Problem & { begin: boolean } {
  const language = pageLanguageOf(request)
  const { failed, expired } = factorTextsIn(language).step
  if (!(error instanceof DomainError)) throw error
  if (error.kind === 'too-many') return { text: accountTextsIn(language).logIn.wait, status: 429, begin: false }
  if (['identity.log-in-expired', 'identity.login-failed'].includes(error.code))
    return { text: expired, status: 422, begin: true }
  if (error.code === 'identity.factor-failed' || error.kind === 'invalid')
    return { text: failed, status: 422, begin: false }
  throw error
}
