import { DomainError, identity } from '@mpics/contracts'
import { Body, Controller, Get, HttpCode, Post, Req, Res } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { PageCalls } from '../page-sessions/page-calls.js'
import { card, fieldOf, paragraph, wrong } from '../pages/form.js'
import { html } from '../pages/html.js'
import type { PageContent } from '../pages/layout.js'
import { pageLanguageOf } from '../pages/page-language.js'
import { Limited } from '../routes/edge-route.js'
import { AccountAnswers } from './account-answers.js'
import { accountTextsIn } from './account-texts.js'
import { factorTextsIn } from './factor-texts.js'
import type { Problem } from './log-in-page.js'

@Controller('/log-in/lost-factor')
export class LostFactorController {
  constructor(
    private readonly calls: PageCalls,
    private readonly answers: AccountAnswers,
  ) {}

  @Get()
  ask(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.answers.show(request, reply, this.page(request, reply))
  }

  @Post()
  @HttpCode(200)
  @Limited('credentials')
  async send(@Body() form: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const body = { login: fieldOf(form, 'login'), password: fieldOf(form, 'password') }
    const problem = await this.calls.call(request, identity.requestFactorRecovery, { body }).then(
      () => undefined,
      (error: unknown) => problemOf(error, request),
    )
    const { title, text } = factorTextsIn(pageLanguageOf(request)).lost.sent
    const sent = card(title, paragraph(text), 202)
    await this.answers.show(request, reply, problem ? this.page(request, reply, problem) : sent)
  }

  private page(request: FastifyRequest, reply: FastifyReply, problem?: Problem): PageContent {
    const { title, text, login, password, button } = factorTextsIn(pageLanguageOf(request)).lost
    const fields = html`<label for="login">${login}</label>
      <input id="login" name="login" maxlength="254" autocomplete="username" required />
      <label for="password">${password}</label>
      <input id="password" name="password" type="password" maxlength="256" autocomplete="current-password" required />
      <button>${button}</button>`
    const form = this.answers.form(request, reply, '/log-in/lost-factor', fields)
    return card(title, html`${wrong(problem?.text)} ${paragraph(text)} ${form}`, problem?.status)
  }
}

function problemOf(error: unknown, request: FastifyRequest): Problem {
  const language = pageLanguageOf(request)
  const { failed, tooNew } = factorTextsIn(language).lost
  if (!(error instanceof DomainError)) throw error
  if (error.kind === 'too-many') return { text: accountTextsIn(language).logIn.wait, status: 429 }
  if (error.code === 'identity.password-too-new') return { text: tooNew, status: 409 }
  if (error.code === 'identity.login-failed' || error.kind === 'invalid') return { text: failed, status: 422 }
  throw error
}
