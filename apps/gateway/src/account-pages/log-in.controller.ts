import { DomainError, identity } from '@mpics/contracts'
import { Body, Controller, Get, HttpCode, Post, Query, Req, Res } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { PageCalls } from '../page-sessions/page-calls.js'
import { FactorNeededError } from '../page-sessions/page-session.errors.js'
import { PageCookies } from '../page-sessions/page-cookies.js'
import { PageLogIn } from '../page-sessions/page-log-in.js'
import { fieldOf } from '../pages/form.js'
import { pageLanguageOf } from '../pages/page-language.js'
import { AccountAnswers } from './account-answers.js'
import { accountTextsIn } from './account-texts.js'
import { LogInPage, type Problem } from './log-in-page.js'
import { nextOf } from './next-page.js'

@Controller('/log-in')
export class LogInController {
  constructor(
    private readonly calls: PageCalls,
    private readonly logIn: PageLogIn,
    private readonly cookies: PageCookies,
    private readonly answers: AccountAnswers,
    private readonly page: LogInPage,
  ) {}

  /** Whoever has a session is not asked; if it ended, its page leads back here. */
  @Get()
  ask(@Query('next') next: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const target = nextOf(next)
    if (this.cookies.sessionIn(request.headers.cookie)) return this.answers.goTo(request, reply, target)
    return this.answers.show(request, reply, this.page.first(request, reply, { next: target }))
  }

  /** Identity shares out log-ins among networks, as it does for the call of the API. */
  @Post()
  @HttpCode(200)
  async enter(@Body() form: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const [login, password, next] = [fieldOf(form, 'login'), fieldOf(form, 'password'), nextOf(fieldOf(form, 'next'))]
    const sharedComputer = fieldOf(form, 'sharedComputer') === 'on'
    const browserToken = this.cookies.browserTokenIn(request.headers.cookie)
    const body = { login, password, sharedComputer, ...(browserToken && { browserToken }) }
    const opened = await this.calls.call(request, identity.logIn, { body }).catch((error: unknown) => {
      if (error instanceof FactorNeededError)
        return this.answers.show(request, reply, this.page.second(request, reply, { ...error.pending, next }))
      const problem = problemOf(error, request)
      return this.answers.show(request, reply, this.page.first(request, reply, { next, login, problem }))
    })
    if (!opened) return
    await this.logIn.execute(opened, reply)
    await this.answers.goTo(request, reply, next)
  }
}

function problemOf(error: unknown, request: FastifyRequest): Problem {
  const { failed, wait, locked } = accountTextsIn(pageLanguageOf(request)).logIn
  if (!(error instanceof DomainError)) throw error
  if (error.kind === 'too-many') return { text: wait, status: 429 }
  if (error.code === 'identity.account-locked') return { text: locked, status: 403 }
  if (error.code === 'identity.login-failed' || error.kind === 'invalid') return { text: failed, status: 422 }
  throw error
}
