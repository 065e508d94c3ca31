import { type ArgumentsHost, Catch, type ExceptionFilter, Injectable } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { PageCookies } from '../page-sessions/page-cookies.js'
import { LogInNeededError, ProofNeededError } from '../page-sessions/page-session.errors.js'
import { card, paragraph } from '../pages/form.js'
import { html } from '../pages/html.js'
import { pageLanguageOf } from '../pages/page-language.js'
import { pathOf } from '../routes/request-path.js'
import { AccountAnswers, addressIn } from './account-answers.js'
import { accountTextsIn } from './account-texts.js'
import { pageOfForm } from './next-page.js'

/** Leads who is not logged in, or must show who they are, there and back. */
@Catch(LogInNeededError, ProofNeededError)
@Injectable()
export class ToLogIn implements ExceptionFilter {
  constructor(
    private readonly answers: AccountAnswers,
    private readonly cookies: PageCookies,
  ) {}

  async catch(error: LogInNeededError | ProofNeededError, host: ArgumentsHost): Promise<void> {
    const request = host.switchToHttp().getRequest<FastifyRequest>()
    const reply = host.switchToHttp().getResponse<FastifyReply>()
    const next = encodeURIComponent(pageOfForm(pathOf(request)))
    if (error instanceof ProofNeededError) return this.answers.goTo(request, reply, `/account/proof?next=${next}`)
    if (error.hadSession) reply.header('set-cookie', this.cookies.clearSession())
    else if (comesFromElsewhere(request)) return this.again(request, reply)
    await this.answers.goTo(request, reply, `/log-in?next=${next}`)
  }

  /** Browsers hold the cookie back from who follows a link of another site; the page itself then opens the address. */
  private again(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const { title, text, link } = accountTextsIn(pageLanguageOf(request)).continue
    const inside = html`${paragraph(text)}
      <p><a class="button" href="${addressIn(request, pathOf(request))}">${link}</a></p>`
    return this.answers.show(request, reply, { ...card(title, inside), headers: { refresh: '0' } })
  }
}

const comesFromElsewhere = ({ method, headers }: FastifyRequest): boolean =>
  method === 'GET' && headers['sec-fetch-site'] === 'cross-site'
