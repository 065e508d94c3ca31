import { DomainError, identity, type Language } from '@mpics/contracts'
import { Peers } from '@mpics/service-kit'
import { Body, Controller, Get, Post, Query, Req, Res } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { rethrowUpstreamProblem } from '../compose/upstream-problem.error.js'
import { Limited, OpenForm, TakesToken } from '../routes/edge-route.js'
import { card, fieldOf, isToken, newPasswordField, paragraph, statusOf, wrong } from './form.js'
import { html } from './html.js'
import type { PageContent } from './layout.js'
import { languageQuery, pageLanguageOf, textsIn } from './page-language.js'
import { ShowPage } from './show-page.js'
import { tokenForm } from './token-form.js'

/** Asks for an address without a token, and for a new password with the token of the mailed link. */
@Controller('/reset-password')
export class ResetPasswordController {
  constructor(
    private readonly peers: Peers,
    private readonly show: ShowPage,
  ) {}

  @Get()
  @TakesToken()
  ask(@Query('token') token: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const language = pageLanguageOf(request)
    const page = isToken(token) ? newPassword(language, token) : whichAddress(language)
    return this.show.execute(request, reply, page)
  }

  @Post()
  @TakesToken()
  @Limited('credentials')
  async reset(@Body() form: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const language = pageLanguageOf(request)
    const body = { token: fieldOf(form, 'token'), newPassword: fieldOf(form, 'newPassword') }
    const result = await this.peers
      .call(identity.confirmPasswordReset, { body })
      .then(() => changed(language), rethrowUpstreamProblem)
      .catch((error: unknown) => refusal(language, body.token, error))
    await this.show.execute(request, reply, result)
  }

  @Post('/mail')
  @OpenForm()
  @Limited('credentials')
  async mail(@Body() form: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const language = pageLanguageOf(request)
    const body = { email: fieldOf(form, 'email') }
    const refused = (error: unknown) => {
      if (isInvalid(error)) return whichAddress(language, textsIn(language).reset.ask.refused)
      throw error
    }
    const result = await this.peers
      .call(identity.requestPasswordReset, { body })
      .then(() => sent(language), rethrowUpstreamProblem)
      .catch(refused)
    await this.show.execute(request, reply, result)
  }
}

const isInvalid = (error: unknown) => error instanceof DomainError && error.kind === 'invalid'

function newPassword(language: Language, token: string, problem?: string): PageContent {
  const { title, field, hint, button } = textsIn(language).reset
  const fields = html`${newPasswordField(field, hint)} <button>${button}</button>`
  const inside = html`${wrong(problem)} ${tokenForm(language, '/reset-password', token, fields)}`
  return card(title, inside, statusOf(problem), language)
}

/** A text field: browsers refuse addresses beyond ASCII in a field of type `email`. */
function whichAddress(language: Language, problem?: string): PageContent {
  const { title, field, button } = textsIn(language).reset.ask
  const inside = html`${wrong(problem)}
    <form method="post" action="/reset-password/mail${languageQuery(language)}">
      <label for="email">${field}</label>
      <input id="email" name="email" type="text" inputmode="email" maxlength="254" autocomplete="email" required />
      <button>${button}</button>
    </form>`
  return card(title, inside, statusOf(problem), language)
}

function sent(language: Language): PageContent {
  const { title, text } = textsIn(language).reset.ask.sent
  return card(title, paragraph(text), 202, language)
}

function changed(language: Language): PageContent {
  const { title, text } = textsIn(language).reset.done
  return card(title, paragraph(text), 200, language)
}

function expired(language: Language): PageContent {
  const { expired: says, another } = textsIn(language).reset
  const again = html`<p><a class="button" href="/reset-password${languageQuery(language)}">${another}</a></p>`
  return card(says.title, html`${paragraph(says.text)} ${again}`, 410, language)
}

function refusal(language: Language, token: string, error: unknown): PageContent {
  if (!(error instanceof DomainError)) throw error
  if (error.code === 'identity.link-expired' || token === '') return expired(language)
  if (isInvalid(error)) return newPassword(language, token, textsIn(language).reset.refused)
  throw error
}
