import { type ApiAnswer, identity, type Language } from '@mpics/contracts'
import { Body, Controller, Get, Post, Query, Req, Res } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { PageCalls } from '../page-sessions/page-calls.js'
import { fieldOf } from '../pages/form.js'
import { type Html, html } from '../pages/html.js'
import { pageLanguageOf, timeIn } from '../pages/page-language.js'
import { AccountAnswers, addressIn } from './account-answers.js'
import { accountTextsIn } from './account-texts.js'
import { MemberPages } from './member-pages.js'

const PAGE = '/account/sessions'

type Session = ApiAnswer<typeof identity.listSessions>['items'][number]

@Controller('/account/sessions')
@MemberPages()
export class SessionsController {
  constructor(
    private readonly calls: PageCalls,
    private readonly answers: AccountAnswers,
  ) {}

  @Get()
  async list(
    @Query('cursor') cursor: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const query = typeof cursor === 'string' ? { cursor } : {}
    const { items, nextCursor } = await this.calls.call(request, identity.listSessions, { query })
    const texts = accountTextsIn(pageLanguageOf(request)).sessions
    const endOthers = this.answers.form(request, reply, `${PAGE}/end-others`, html`<button>${texts.endOthers}</button>`)
    const body = html`<h1>${texts.title}</h1>
      <p class="lead">${texts.lead}</p>
      <ul class="cards">
        ${items.map((session) => this.item(request, reply, session))}
      </ul>
      ${items.length > 1 || cursor ? endOthers : html`<p>${texts.alone}</p>`}
      ${nextCursor && html`<p><a href="${addressIn(request, `${PAGE}?cursor=${encodeURIComponent(nextCursor)}`)}" rel="next">${texts.more}</a></p>`}`
    await this.answers.show(request, reply, { title: texts.title, body })
  }

  @Post('/end')
  async end(@Body() form: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.calls.call(request, identity.endSession, { params: { id: fieldOf(form, 'id') } })
    await this.answers.goTo(request, reply, PAGE)
  }

  @Post('/end-others')
  async endOthers(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.calls.call(request, identity.endOtherSessions)
    await this.answers.goTo(request, reply, PAGE)
  }

  private item(request: FastifyRequest, reply: FastifyReply, session: Session): Html {
    const language = pageLanguageOf(request)
    const { end } = accountTextsIn(language).sessions
    const field = html`<input type="hidden" name="id" value="${session.id}" /> <button>${end(session.device)}</button>`
    return html`<li>
      ${about(language, session)} ${!session.current && this.answers.form(request, reply, `${PAGE}/end`, field)}
    </li>`
  }
}

function about(language: Language, { device, place, openedAt, lastSeenAt, current, sharedComputer }: Session): Html {
  const texts = accountTextsIn(language).sessions
  const notes = [current && texts.current, sharedComputer && texts.shared].filter(Boolean).join(', ')
  const time = (at: string) => html`<time datetime="${at}">${timeIn(language, at)}</time>`
  return html`<h2>${device} ${notes && html`<span class="quiet">(${notes})</span>`}</h2>
    <p class="quiet">
      ${placeIn(language, place) ?? texts.unknownPlace} · ${texts.since} ${time(openedAt)} · ${texts.seen}
      ${time(lastSeenAt)}
    </p>`
}

const placeIn = (language: Language, place: string | null): string | undefined =>
  place === null ? undefined : new Intl.DisplayNames([language], { type: 'region', fallback: 'code' }).of(place)
