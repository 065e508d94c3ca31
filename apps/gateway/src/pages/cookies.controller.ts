import { cookieName } from '@mpics/service-kit'
import { Controller, Get, Req, Res } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { GatewayConfig } from '../config.js'
import { siteCookies } from '../cookies.js'
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

const help = html` <article class="text">
  <h1>Refusing cookies</h1>
  <p class="lead">You can look at everything, register, and use every feature with cookies switched off.</p>
  <h2>What changes for you</h2>
  <ul>
    <li>Your views of pages count in their totals, and not in the number of people.</li>
    <li>A log-in lasts until you close the page, because nothing can remember it for you.</li>
  </ul>
  <h2>How to do it</h2>
  <p>
    Most browsers have the switch in their settings, under “Privacy”. There you can block cookies for all sites or for
    this one, and delete those that were already set. On a phone, look under the browser’s “Site settings”. A private
    window forgets all cookies when you close it.
  </p>
  <p><a href="/privacy/cookies">Every cookie of this site, what it is for, and how long it lives</a></p>
</article>`

@Controller()
export class CookiesController {
  constructor(
    private readonly config: GatewayConfig,
    private readonly show: ShowPage,
  ) {}

  @Get('/privacy/cookies')
  list(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const page = { title: 'Cookies', body: list(this.config.secure) }
    return this.show.execute(request, reply, page, '/privacy/cookies')
  }

  @Get('/help/cookies')
  help(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.show.execute(request, reply, { title: 'Refusing cookies', body: help }, '/help/cookies')
  }
}
