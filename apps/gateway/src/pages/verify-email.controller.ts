import { type ApiAnswer, DomainError, identity } from '@mpics/contracts'
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
  async ask(@Query('token') token: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.show.execute(request, reply, typeof token === 'string' && token ? await this.question(token) : expired)
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

  /** Names the account first: a stranger may have registered it with this address. */
  private question(token: string): Promise<PageContent> {
    return this.peers
      .call(identity.describeVerification, { body: { token } })
      .then((account) => question(token, account), rethrowUpstreamProblem)
      .catch(refused)
  }
}

type Described = ApiAnswer<typeof identity.describeVerification>

const question = (token: string, { handle, registeredAt }: Described): PageContent =>
  card(
    'Is this your account?',
    html`<p>
        This link confirms your address for the account <strong>@${handle}</strong>, which was registered on
        <time datetime="${registeredAt}">${timeOf(registeredAt)}</time>.
      </p>
      <p>Confirm it only if you registered this account. Links for other accounts with your address then end.</p>
      <form method="post" action="/verify-email">
        <input type="hidden" name="token" value="${token}" />
        <button>Confirm my address</button>
      </form>`,
  )

const times = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' })
const timeOf = (at: string): string => `${times.format(new Date(at))} UTC`

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
