import { type Language, notifications } from '@mpics/contracts'
import { Peers } from '@mpics/service-kit'
import { Controller, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { rethrowUpstreamProblem } from '../compose/upstream-problem.error.js'
import { Limited, OnEdge, TakesToken } from '../routes/edge-route.js'
import { routeOf } from '../routes/routes.js'
import { card, isAboutLink, paragraph } from './form.js'
import { type Html, html } from './html.js'
import type { PageContent } from './layout.js'
import { languageQuery, pageLanguageOf, textsIn } from './page-language.js'
import { ShowPage } from './show-page.js'

/** Serves the link at the end of mails: mail programs post to it themselves (RFC 8058), people press the button. */
@Controller()
export class UnsubscribeController {
  constructor(
    private readonly peers: Peers,
    private readonly show: ShowPage,
  ) {}

  @Get('/unsubscribe/:token')
  @TakesToken()
  @Limited('withdrawal')
  async ask(@Param('token') token: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const language = pageLanguageOf(request)
    const question = ({ category, choice }: { category: string; choice: string }) =>
      choice === 'off' ? done(language, category) : ask(language, category, token)
    const page = await this.peers
      .call(notifications.getUnsubscribe, { params: { token } })
      .then(question, rethrowUpstreamProblem)
      .catch(refusedIn(language))
    await this.show.execute(request, reply, page)
  }

  @Post('/unsubscribe/:token')
  @HttpCode(200)
  @TakesToken()
  @Limited('withdrawal')
  async stop(@Param('token') token: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const language = pageLanguageOf(request)
    const page = await this.peers
      .call(notifications.postUnsubscribe, { params: { token } })
      .then(({ category }) => done(language, category), rethrowUpstreamProblem)
      .catch(refusedIn(language))
    await this.show.execute(request, reply, page)
  }

  /** The address in the mail's header is for programs; some mail programs open it in a browser. */
  @Get('/v1/unsubscribe/:token')
  @OnEdge(routeOf(notifications.getUnsubscribe))
  async choice(
    @Param('token') token: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (/text\/html/.test(request.headers.accept ?? '')) return this.ask(token, request, reply)
    const answer = await this.peers
      .call(notifications.getUnsubscribe, { params: { token } })
      .catch(rethrowUpstreamProblem)
    await reply.headers({ 'cache-control': 'private, no-store', vary: 'Accept' }).send(answer)
  }
}

const categoryIn = (language: Language, category: string): Html =>
  html`<strong>${textsIn(language).unsubscribe.categories[category] ?? category}</strong>`

function ask(language: Language, category: string, token: string): PageContent {
  const { title, about, button } = textsIn(language).unsubscribe
  const inside = html`<p>${about(categoryIn(language, category))}</p>
    <form method="post" action="/unsubscribe/${encodeURIComponent(token)}${languageQuery(language)}">
      <button>${button}</button>
    </form>`
  return card(title, inside, 200, language)
}

function done(language: Language, category: string): PageContent {
  const texts = textsIn(language).unsubscribe
  return card(texts.doneTitle, html`<p>${texts.done(categoryIn(language, category))}</p>`, 200, language)
}

const refusedIn =
  (language: Language) =>
  (error: unknown): PageContent => {
    if (!isAboutLink(error)) throw error
    const { title, text } = textsIn(language).unsubscribe.unknown
    return card(title, paragraph(text), 404, language)
  }
