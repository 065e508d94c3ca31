import { DomainError, identity } from '@mpics/contracts'
import { Body, Controller, Get, HttpCode, Post, Req, Res } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { PageCalls } from '../page-sessions/page-calls.js'
import { card, currentPasswordField, fieldOf, paragraph, statusOf, wrong } from '../pages/form.js'
import { html } from '../pages/html.js'
import type { PageContent } from '../pages/layout.js'
import { pageLanguageOf } from '../pages/page-language.js'
import { Limited } from '../routes/edge-route.js'
import { AccountAnswers } from './account-answers.js'
import { MemberPages } from './member-pages.js'
import { type SettingsTexts, settingsTextsIn } from './settings-texts.js'
import { withPassword } from './with-password.js'

/** Asks for the change; the links of its mails have pages of their own. */
@Controller('/account/address')
@MemberPages()
export class AddressController {
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
    const texts = settingsTextsIn(pageLanguageOf(request))
    const body = { currentPassword: fieldOf(form, 'currentPassword'), newEmail: fieldOf(form, 'newEmail') }
    const problem = await withPassword(this.calls, request, identity.changeEmail, { body }).then(
      () => undefined,
      (error: unknown) => problemOf(error, texts),
    )
    const { title, text } = texts.address.done
    const done = card(title, paragraph(text), 202)
    await this.answers.show(request, reply, problem === undefined ? done : this.page(request, reply, problem))
  }

  /** A text field: browsers refuse addresses beyond ASCII in a field of type `email`. */
  private page(request: FastifyRequest, reply: FastifyReply, problem?: string): PageContent {
    const { title, text, next, current, button } = settingsTextsIn(pageLanguageOf(request)).address
    const fields = html`<label for="address">${next}</label>
      <input id="address" name="newEmail" inputmode="email" maxlength="254" autocomplete="email" required />
      ${currentPasswordField(current)}
      <button>${button}</button>`
    const form = this.answers.form(request, reply, '/account/address', fields)
    return card(title, html`${wrong(problem)} ${paragraph(text)} ${form}`, statusOf(problem))
  }
}

function problemOf(error: unknown, { address, password }: SettingsTexts): string {
  if (!(error instanceof DomainError)) throw error
  if (error.code === 'identity.proof-failed') return password.wrong
  if (error.code === 'identity.email-change-frozen') return address.frozen
  if (error.kind === 'invalid') return address.refused
  throw error
}
