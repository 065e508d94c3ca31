import { DomainError, identity } from '@mpics/contracts'
import { Body, Controller, Get, HttpCode, Post, Req, Res } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { PageCalls } from '../page-sessions/page-calls.js'
import { card, currentPasswordField, fieldOf, newPasswordField, paragraph, statusOf, wrong } from '../pages/form.js'
import { html } from '../pages/html.js'
import type { PageContent } from '../pages/layout.js'
import { pageLanguageOf } from '../pages/page-language.js'
import { Limited } from '../routes/edge-route.js'
import { AccountAnswers } from './account-answers.js'
import { MemberPages } from './member-pages.js'
import { type SettingsTexts, settingsTextsIn } from './settings-texts.js'
import { withPassword } from './with-password.js'

@Controller('/account/password')
@MemberPages()
export class PasswordController {
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
  async change(@Body() form: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { password } = settingsTextsIn(pageLanguageOf(request))
    const body = { currentPassword: fieldOf(form, 'currentPassword'), newPassword: fieldOf(form, 'newPassword') }
    const problem = await withPassword(this.calls, request, identity.changePassword, { body }).then(
      () => undefined,
      (error: unknown) => problemOf(error, password),
    )
    const done = card(password.done.title, paragraph(password.done.text))
    await this.answers.show(request, reply, problem === undefined ? done : this.page(request, reply, problem))
  }

  private page(request: FastifyRequest, reply: FastifyReply, problem?: string): PageContent {
    const { title, current, next, hint, button } = settingsTextsIn(pageLanguageOf(request)).password
    const fields = html`${currentPasswordField(current)} ${newPasswordField(next, hint)} <button>${button}</button>`
    const inside = html`${wrong(problem)} ${this.answers.form(request, reply, '/account/password', fields)}`
    return card(title, inside, statusOf(problem))
  }
}

function problemOf(error: unknown, texts: SettingsTexts['password']): string {
  if (!(error instanceof DomainError)) throw error
  if (error.code === 'identity.proof-failed') return texts.wrong
  if (error.kind === 'invalid') return texts.refused
  throw error
}
