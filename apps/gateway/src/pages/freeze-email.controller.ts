import { DomainError, identity, type Language } from '@mpics/contracts'
import { Peers } from '@mpics/service-kit'
import { Body, Controller, Get, Post, Query, Req, Res } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { rethrowUpstreamProblem } from '../compose/upstream-problem.error.js'
import { Limited, TakesToken } from '../routes/edge-route.js'
import { card, fieldOf, isAboutLink, isToken, paragraph, wrong } from './form.js'
import { html } from './html.js'
import type { PageContent } from './layout.js'
import { pageLanguageOf, textsIn } from './page-language.js'
import { ShowPage } from './show-page.js'
import { tokenForm } from './token-form.js'

/** Freezes a change of the address by the link in the mail to the present one, then asks what is to become of it. */
@Controller('/freeze-email')
export class FreezeEmailController {
  constructor(
    private readonly peers: Peers,
    private readonly show: ShowPage,
  ) {}

  @Get()
  @TakesToken()
  ask(@Query('token') token: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const language = pageLanguageOf(request)
    return this.show.execute(
      request,
      reply,
      isToken(token) ? question(language, token) : says(language, 'expired', 410),
    )
  }

  @Post()
  @TakesToken()
  @Limited('credentials')
  async freeze(@Body() form: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const language = pageLanguageOf(request)
    const token = fieldOf(form, 'token')
    const result = await this.peers
      .call(identity.freezeEmailChange, { body: { token } })
      .then(() => whatNow(language, token), rethrowUpstreamProblem)
      .catch((error: unknown) => refusal(language, token, error))
    await this.show.execute(request, reply, result)
  }

  @Post('/decision')
  @TakesToken()
  @Limited('credentials')
  async decide(@Body() form: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const language = pageLanguageOf(request)
    const token = fieldOf(form, 'token')
    const decision = fieldOf(form, 'decision') === 'keep' ? 'keep' : 'drop'
    const result = await this.peers
      .call(identity.decideEmailChange, { body: { token, decision, ...evidenceIn(form) } })
      .then(() => says(language, decision === 'keep' ? 'kept' : 'dropped', 200), rethrowUpstreamProblem)
      .catch((error: unknown) => refusal(language, token, error))
    await this.show.execute(request, reply, result)
  }
}

const evidenceIn = (form: unknown) => {
  const code = fieldOf(form, 'code').trim()
  return code ? { code } : { password: fieldOf(form, 'password') }
}

function question(language: Language, token: string): PageContent {
  const { title, about, button } = textsIn(language).freezeEmail
  const inside = html`${paragraph(about)}
  ${tokenForm(language, '/freeze-email', token, html`<button>${button}</button>`)}`
  return card(title, inside, 200, language)
}

function whatNow(language: Language, token: string, problem?: string): PageContent {
  const { title, text, password, code, keep, drop } = textsIn(language).freezeEmail.frozen
  const fields = html`<label for="password">${password}</label>
    <input id="password" name="password" type="password" maxlength="256" autocomplete="current-password" />
    <label for="code">${code}</label>
    <input id="code" name="code" type="text" maxlength="32" autocomplete="one-time-code" />
    <button name="decision" value="drop">${drop}</button>
    <button name="decision" value="keep">${keep}</button>`
  const inside = html`${wrong(problem)} ${paragraph(text)}
  ${tokenForm(language, '/freeze-email/decision', token, fields)}`
  return card(title, inside, problem ? 403 : 200, language)
}

function says(language: Language, what: 'kept' | 'dropped' | 'expired', status: number): PageContent {
  const { title, text } = textsIn(language).freezeEmail[what]
  return card(title, paragraph(text), status, language)
}

function refusal(language: Language, token: string, error: unknown): PageContent {
  if (error instanceof DomainError && (error.code === 'identity.proof-failed' || isNoEvidence(error)))
    return whatNow(language, token, textsIn(language).freezeEmail.refused)
  if (isAboutLink(error)) return says(language, 'expired', 410)
  throw error
}

const isNoEvidence = ({ code, errors }: DomainError): boolean =>
  code === 'input-invalid' && errors?.some(({ path }) => path === 'password' || path === 'code') === true
