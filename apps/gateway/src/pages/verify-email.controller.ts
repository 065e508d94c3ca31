import { type ApiAnswer, DomainError, identity, type Language } from '@mpics/contracts'
import { Peers } from '@mpics/service-kit'
import { Body, Controller, Get, Post, Query, Req, Res } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { rethrowUpstreamProblem } from '../compose/upstream-problem.error.js'
import { Limited, TakesToken } from '../routes/edge-route.js'
import { card, fieldOf, isAboutLink, isToken, paragraph } from './form.js'
import { html } from './html.js'
import type { PageContent } from './layout.js'
import { pageLanguageOf, textsIn, timeIn } from './page-language.js'
import { ShowPage } from './show-page.js'
import { tokenForm } from './token-form.js'

/** Mail scanners open links: a GET changes nothing, and only the button proves the address. */
@Controller('/verify-email')
export class VerifyEmailController {
  constructor(
    private readonly peers: Peers,
    private readonly show: ShowPage,
  ) {}

  @Get()
  @TakesToken()
  async ask(@Query('token') token: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const language = pageLanguageOf(request)
    await this.show.execute(
      request,
      reply,
      isToken(token) ? await this.question(token, language) : says(language, 'expired'),
    )
  }

  @Post()
  @TakesToken()
  @Limited('credentials')
  async verify(@Body() form: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const language = pageLanguageOf(request)
    const body = { token: fieldOf(form, 'token') }
    const result = await this.peers
      .call(identity.verifyEmail, { body })
      .then(() => says(language, 'done'), rethrowUpstreamProblem)
      .catch((error: unknown) => refusal(language, error))
    await this.show.execute(request, reply, result)
  }

  /** Names the account first: a stranger may have registered it with this address. */
  private question(token: string, language: Language): Promise<PageContent> {
    return this.peers
      .call(identity.describeVerification, { body: { token } })
      .then((account) => question(language, token, account), rethrowUpstreamProblem)
      .catch((error: unknown) => refusal(language, error))
  }
}

type Described = ApiAnswer<typeof identity.describeVerification>

function question(language: Language, token: string, { handle, registeredAt }: Described): PageContent {
  const { title, about, warning, button } = textsIn(language).verify
  const at = html`<time datetime="${registeredAt}">${timeIn(language, registeredAt)}</time>`
  const inside = html`<p>${about(html`<strong>@${handle}</strong>`, at)}</p>
    <p>${warning}</p>
    ${tokenForm(language, '/verify-email', token, html`<button>${button}</button>`)}`
  return card(title, inside, 200, language)
}

const STATUS = { done: 200, expired: 410, taken: 409 } as const

function says(language: Language, what: keyof typeof STATUS): PageContent {
  const { title, text } = textsIn(language).verify[what]
  return card(title, paragraph(text), STATUS[what], language)
}

function refusal(language: Language, error: unknown): PageContent {
  if (isAboutLink(error)) return says(language, 'expired')
  if (error instanceof DomainError && error.code === 'identity.email-taken') return says(language, 'taken')
  throw error
}
