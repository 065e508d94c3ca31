import { identity, type Language } from '@mpics/contracts'
import { Peers } from '@mpics/service-kit'
import { Body, Controller, Get, Post, Query, Req, Res } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { rethrowUpstreamProblem } from '../compose/upstream-problem.error.js'
import { Limited, TakesToken } from '../routes/edge-route.js'
import { card, fieldOf, isAboutLink, paragraph } from './form.js'
import { html } from './html.js'
import type { PageContent } from './layout.js'
import { pageLanguageOf, textsIn } from './page-language.js'
import { ShowPage } from './show-page.js'
import { tokenForm } from './token-form.js'

/** Mail scanners open links: only the button objects. It works without a log-in, which a locked account has not. */
@Controller('/lock-objection')
export class LockObjectionController {
  constructor(
    private readonly peers: Peers,
    private readonly show: ShowPage,
  ) {}

  @Get()
  @TakesToken()
  async ask(@Query('token') token: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const language = pageLanguageOf(request)
    const isGiven = typeof token === 'string' && FORM.test(token)
    await this.show.execute(request, reply, isGiven ? question(language, token) : says(language, 'expired'))
  }

  @Post()
  @TakesToken()
  @Limited('credentials')
  async object(@Body() form: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const language = pageLanguageOf(request)
    await this.show.execute(request, reply, says(language, await this.outcome(fieldOf(form, 'token'))))
  }

  private async outcome(text: string): Promise<Outcome> {
    const [, id, token] = FORM.exec(text) ?? []
    if (!id || !token) return 'expired'
    try {
      await this.peers.call(identity.objectToLock, { params: { id }, body: { token } }).catch(rethrowUpstreamProblem)
      return 'done'
    } catch (error) {
      if (isAboutLink(error)) return 'expired'
      throw error
    }
  }
}

/** The account and its token. */
const FORM = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.([\w-]{1,64})$/

function question(language: Language, token: string): PageContent {
  const { title, about, button } = textsIn(language).objection
  const inside = html`<p>${about}</p>
    ${tokenForm(language, '/lock-objection', token, html`<button>${button}</button>`)}`
  return card(title, inside, 200, language)
}

const STATUS = { done: 200, expired: 410 } as const
type Outcome = keyof typeof STATUS

function says(language: Language, what: Outcome): PageContent {
  const { title, text } = textsIn(language).objection[what]
  return card(title, paragraph(text), STATUS[what], language)
}
