import { DomainError, identity } from '@mpics/contracts'
import { Peers } from '@mpics/service-kit'
import { Body, Controller, Get, Post, Query, Req, Res } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { rethrowUpstreamProblem } from '../compose/upstream-problem.error.js'
import { Limited, TakesToken } from '../routes/edge-route.js'
import { card, fieldOf, paragraph } from './form.js'
import { html, type Html } from './html.js'
import type { PageContent } from './layout.js'
import { ShowPage } from './show-page.js'

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
    const page = typeof token === 'string' && token ? newPassword(token) : whichAddress()
    return this.show.execute(request, reply, page)
  }

  @Post()
  @TakesToken()
  @Limited('credentials')
  async reset(@Body() form: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const body = { token: fieldOf(form, 'token'), newPassword: fieldOf(form, 'newPassword') }
    const refused = (error: unknown) => refusal(body.token, error)
    const result = await this.peers
      .call(identity.confirmPasswordReset, { body })
      .then(() => changed, rethrowUpstreamProblem)
      .catch(refused)
    await this.show.execute(request, reply, result)
  }

  @Post('/mail')
  @Limited('credentials')
  async mail(@Body() form: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const body = { email: fieldOf(form, 'email').trim() }
    const refused = (error: unknown) => {
      if (isInvalid(error)) return whichAddress('This is not an e-mail address.')
      throw error
    }
    const result = await this.peers
      .call(identity.requestPasswordReset, { body })
      .then(() => sent, rethrowUpstreamProblem)
      .catch(refused)
    await this.show.execute(request, reply, result)
  }
}

const isInvalid = (error: unknown) => error instanceof DomainError && error.kind === 'invalid'
const wrong = (text: string | undefined): Html | undefined =>
  text === undefined ? undefined : html`<p class="wrong" role="alert">${text}</p>`

const newPassword = (token: string, problem?: string): PageContent =>
  card(
    'Choose a new password',
    html`${wrong(problem)}
      <form method="post" action="/reset-password">
        <input type="hidden" name="token" value="${token}" />
        <label for="newPassword">New password</label>
        <input
          id="newPassword"
          name="newPassword"
          type="password"
          minlength="12"
          maxlength="256"
          autocomplete="new-password"
          required
          aria-describedby="hint"
        />
        <p id="hint" class="quiet">
          At least 12 characters, of any kind. A few words that do not belong together are good.
        </p>
        <button>Save the new password</button>
      </form>`,
    problem === undefined ? 200 : 422,
  )

const whichAddress = (problem?: string): PageContent =>
  card(
    'Forgot your password?',
    html`${wrong(problem)}
      <form method="post" action="/reset-password/mail">
        <label for="email">Your e-mail address</label>
        <input id="email" name="email" type="email" maxlength="254" autocomplete="email" required />
        <button>Send me a link</button>
      </form>`,
    problem === undefined ? 200 : 422,
  )

const sent = card(
  'Look into your mailbox',
  paragraph('If there is an account with this address, a mail with a link is on its way.'),
  202,
)
const changed = card(
  'Your password is changed',
  paragraph('All devices were logged off. Log in again with the new password.'),
)
const expired = card(
  'This link does not work any more',
  html`<p>It was used before, or it is too old.</p>
    <p><a class="button" href="/reset-password">Ask for a new one</a></p>`,
  410,
)

function refusal(token: string, error: unknown): PageContent {
  if (!(error instanceof DomainError)) throw error
  if (error.code === 'identity.link-expired' || token === '') return expired
  if (isInvalid(error))
    return newPassword(token, 'This password is too short, too common, or too much like your handle or address.')
  throw error
}
