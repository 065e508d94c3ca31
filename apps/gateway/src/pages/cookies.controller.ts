import { cookieName } from '@mpics/service-kit'
import { Controller, Get, Req, Res } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { GatewayConfig } from '../config.js'
import { siteCookies } from '../cookies.js'
import { cookieHelp } from './cookie-help.js'
import { html } from './html.js'
import { ShowPage } from './show-page.js'

const rows = (secure: boolean) =>
  siteCookies.map(
    ({ purpose, life, refused, ...cookie }) =>
      html`<tr>
        <th scope="row"><code>${cookieName({ ...cookie, secure })}</code></th>
        <td>${purpose}</td>
        <td>${life}</td>
        <td><code>${cookie.path}</code></td>
        <td>${refused}</td>
      </tr> `,
  )

const list = (secure: boolean) =>
  html` <h1>Cookies of this site</h1>
    <p class="lead">
      These are all of them. Each is set by this site alone, cannot be read by scripts, and says nothing of who you are.
    </p>
    <div class="scroll" tabindex="0" role="region" aria-label="Cookies">
      <table>
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Purpose</th>
            <th scope="col">Life</th>
            <th scope="col">Sent to</th>
            <th scope="col">If you refuse it</th>
          </tr>
        </thead>
        <tbody>
          ${rows(secure)}
        </tbody>
      </table>
    </div>
    <p>
      Cookies that other sites gave your browser are dropped at our door: no part of this site reads or writes them
      down.
      <a href="/help/cookies">How to refuse cookies</a>
    </p>`

const aboutList = {
  description:
    'Every cookie of Million Pictures: what it is for, how long it lives, and what changes if you refuse it.',
  path: '/privacy/cookies',
}
const aboutHelp = {
  description:
    'Look at everything with cookies switched off: what changes for you, and where your browser has the switch.',
  path: '/help/cookies',
}

@Controller()
export class CookiesController {
  constructor(
    private readonly config: GatewayConfig,
    private readonly show: ShowPage,
  ) {}

  @Get('/privacy/cookies')
  list(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const page = { title: 'Cookies', body: list(this.config.secure), about: aboutList }
    return this.show.execute(request, reply, page, '/privacy/cookies')
  }

  @Get('/help/cookies')
  help(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.show.execute(
      request,
      reply,
      { title: 'Refusing cookies', body: cookieHelp, about: aboutHelp },
      '/help/cookies',
    )
  }
}
