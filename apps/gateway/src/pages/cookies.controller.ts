import { type ApiAnswer, DEFAULT_LANGUAGE, gateway, type Language } from '@mpics/contracts'
import { Controller, Get, Req, Res } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { GatewayConfig } from '../config.js'
import { ServedHere } from '../routes/served-here.js'
import { cookieHelp } from './cookie-help.js'
import { cookieTextsIn } from './cookie-texts.js'
import { html } from './html.js'
import { listedCookies } from './listed-cookies.js'
import { pageLanguageOf } from './page-language.js'
import { ShowPage } from './show-page.js'

const rows = (language: Language, secure: boolean) =>
  listedCookies(language, secure).map(
    ({ name, purpose, life, path, refused }) =>
      html`<tr>
        <th scope="row"><code>${name}</code></th>
        <td>${purpose}</td>
        <td>${life}</td>
        <td><code>${path}</code></td>
        <td>${refused}</td>
      </tr> `,
  )

function list(language: Language, secure: boolean) {
  const { title, lead, columns, others, help } = cookieTextsIn(language)
  return html` <h1>${title}</h1>
    <p class="lead">${lead}</p>
    <div class="scroll" tabindex="0" role="region" aria-label="${title}">
      <table>
        <thead>
          <tr>
            ${Object.values(columns).map((column) => html`<th scope="col">${column}</th> `)}
          </tr>
        </thead>
        <tbody>
          ${rows(language, secure)}
        </tbody>
      </table>
    </div>
    <p>${others} <a href="/help/cookies">${help}</a></p>`
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

  @ServedHere(gateway.listCookies)
  data(): ApiAnswer<typeof gateway.listCookies> {
    return { items: listedCookies(DEFAULT_LANGUAGE, this.config.secure), nextCursor: null }
  }

  @Get('/privacy/cookies')
  list(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const language = pageLanguageOf(request)
    const { title, about } = cookieTextsIn(language)
    const page = {
      title,
      body: list(language, this.config.secure),
      language,
      about: { description: about, path: '/privacy/cookies', translated: true },
    }
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
