import { DomainError, identity, type Language } from '@mpics/contracts'
import { Peers } from '@mpics/service-kit'
import { Body, Controller, Get, Post, Query, Req, Res } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { rethrowUpstreamProblem } from '../compose/upstream-problem.error.js'
import { Limited, TakesToken } from '../routes/edge-route.js'
import { card, fieldOf, isAboutLink, isToken, paragraph } from './form.js'
import { html } from './html.js'
import type { PageContent } from './layout.js'
import { pageLanguageOf, textsIn } from './page-language.js'
import { ShowPage } from './show-page.js'
import { tokenForm } from './token-form.js'

/** Mail scanners open links: a GET changes nothing, and only the button confirms the new address. */
@Controller('/confirm-email')
export class ConfirmEmailController {
  constructor(
    private readonly peers: Peers,
    private readonly show: ShowPage,
  ) {}

  @Get()
  @TakesToken()
  ask(@Query('token') token: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const language = pageLanguageOf(request)
    return this.show.execute(request, reply, isToken(token) ? question(language, token) : says(language, 'expired'))
  }

  @Post()
  @TakesToken()
  @Limited('credentials')
  async confirm(@Body() form: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const language = pageLanguageOf(request)
    const body = { token: fieldOf(form, 'token') }
    const result = await this.peers
      .call(identity.confirmEmailChange, { body })
      .then(() => says(language, 'done'), rethrowUpstreamProblem)
      .catch((error: unknown) => refusal(language, error))
    await this.show.execute(request, reply, result)
  }
}

function question(language: Language, token: string): PageContent {
  const { title, about, button } = textsIn(language).confirmEmail
  const inside = html`${paragraph(about)}
  ${tokenForm(language, '/confirm-email', token, html`<button>${button}</button>`)}`
  return card(title, inside, 200, language)
}

const STATUS = { done: 200, expired: 410, taken: 409, frozen: 409 } as const

function says(language: Language, what: keyof typeof STATUS): PageContent {
  const { title, text } = textsIn(language).confirmEmail[what]
  return card(title, paragraph(text), STATUS[what], language)
}

function refusal(language: Language, error: unknown): PageContent {
  if (isAboutLink(error)) return says(language, 'expired')
  if (error instanceof DomainError && error.code === 'identity.email-taken') return says(language, 'taken')
  if (error instanceof DomainError && error.code === 'identity.email-change-frozen') return says(language, 'frozen')
  throw error
}
