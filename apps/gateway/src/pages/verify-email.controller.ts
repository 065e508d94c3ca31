import { DomainError, identity } from '@mpics/contracts'
import { Peers } from '@mpics/service-kit'
import { Body, Controller, Get, Post, Query, Req, Res } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { rethrowUpstreamProblem } from '../compose/upstream-problem.error.js'
import { Limited, TakesToken } from '../routes/edge-route.js'
import { card, fieldOf, isAboutLink, paragraph } from './form.js'
import { html } from './html.js'
import type { PageContent } from './layout.js'
import { ShowPage } from './show-page.js'

/** Mail scanners open links: a GET changes nothing, and only the button proves the address. */
@Controller('/verify-email')
export class VerifyEmailController {
  constructor(
    private readonly peers: Peers,
    private readonly show: ShowPage,
  ) {}

  @Get()
  @TakesToken()
  ask(@Query('token') token: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.show.execute(request, reply, typeof token === 'string' && token ? question(token) : expired)
  }

  @Post()
  @TakesToken()
  @Limited('credentials')
  async verify(@Body() form: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const body = { token: fieldOf(form, 'token') }
    const result = await this.peers
      .call(identity.verifyEmail, { body })
      .then(() => verified, rethrowUpstreamProblem)
      .catch(refused)
    await this.show.execute(request, reply, result)
  }
}

const question = (token: string) =>
  card(
    'Is this your address?',
    html`<p>Confirm that the mail with this link came to you, and your account is ready.</p>
      <form method="post" action="/verify-email">
        <input type="hidden" name="token" value="${token}" />
        <button>Confirm my address</button>
      </form>`,
  )

const verified = card('Your address is confirmed', paragraph('Welcome to Million Pictures. You can log in now.'))
const expired = card(
  'This link does not work any more',
  paragraph(
    'It was used before, or it is too old. If your address is not confirmed yet, ask for a new mail where you log in.',
  ),
  410,
)

function refused(error: unknown): PageContent {
  if (isAboutLink(error)) return expired
  if (error instanceof DomainError && error.code === 'identity.email-taken')
    return card('This address has another account', paragraph('Log in with that one, or choose another address.'), 409)
  throw error
}
