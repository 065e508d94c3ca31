import { notifications } from '@mpics/contracts'
import { Peers } from '@mpics/service-kit'
import { Controller, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { rethrowUpstreamProblem } from '../compose/upstream-problem.error.js'
import { TakesToken } from '../routes/edge-route.js'
import { card, isAboutLink, paragraph } from './form.js'
import { html } from './html.js'
import type { PageContent } from './layout.js'
import { ShowPage } from './show-page.js'

/** Serves the link at the end of mails: mail programs post to it themselves (RFC 8058), people press the button. */
@Controller('/unsubscribe/:token')
export class UnsubscribeController {
  constructor(
    private readonly peers: Peers,
    private readonly show: ShowPage,
  ) {}

  @Get()
  @TakesToken()
  async ask(@Param('token') token: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const question = ({ category, choice }: { category: string; choice: string }) =>
      choice === 'off' ? done(category) : ask(category, token)
    const page = await this.peers
      .call(notifications.getUnsubscribe, { params: { token } })
      .then(question, rethrowUpstreamProblem)
      .catch(refused)
    await this.show.execute(request, reply, page)
  }

  @Post()
  @HttpCode(200)
  @TakesToken()
  async stop(@Param('token') token: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const stopped = ({ category }: { category: string }) => done(category)
    const page = await this.peers
      .call(notifications.postUnsubscribe, { params: { token } })
      .then(stopped, rethrowUpstreamProblem)
      .catch(refused)
    await this.show.execute(request, reply, page)
  }
}

const ask = (category: string, token: string) =>
  card(
    'Unsubscribe?',
    html`<p>You will get no more mails about <strong>${category}</strong>. Other mails stay as you chose them.</p>
      <form method="post" action="/unsubscribe/${encodeURIComponent(token)}">
        <button>Stop these mails</button>
      </form>`,
  )

const done = (category: string) =>
  card(
    'You are unsubscribed',
    html`<p>You get no more mails about <strong>${category}</strong>. You can turn them on again in your settings.</p>`,
  )

function refused(error: unknown): PageContent {
  if (isAboutLink(error))
    return card('This link does not work', paragraph('Please use the link as it is in the mail.'), 404)
  throw error
}
