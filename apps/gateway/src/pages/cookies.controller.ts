import { type ApiAnswer, type ApiInput, DEFAULT_LANGUAGE, gateway, type Language } from '@mpics/contracts'
import { Input } from '@mpics/service-kit'
import { Body, Controller, Get, HttpCode, Post, Req, Res } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { GatewayConfig } from '../config.js'
import { VisitorCookies } from '../page-views/visitor-cookie.js'
import { Limited, OpenForm } from '../routes/edge-route.js'
import { ServedHere } from '../routes/served-here.js'
import { cookieHelp } from './cookie-help.js'
import { cookieTextsIn } from './cookie-texts.js'
import { card, fieldOf, paragraph } from './form.js'
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
  const { title, lead, columns, others, help, counting } = cookieTextsIn(language)
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
    <p>${others} <a href="/help/cookies">${help}</a></p>
    <section class="card">
      <h2>${counting.title}</h2>
      <p>${counting.text} <a href="/help/counting">${counting.rules}</a></p>
      <form method="post" action="/privacy/cookies/choice">
        <button name="counting" value="no">${counting.refuse}</button>
        <button name="counting" value="yes">${counting.allow}</button>
      </form>
    </section>`
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
    private readonly cookies: VisitorCookies,
  ) {}

  @ServedHere(gateway.listCookies)
  data(): ApiAnswer<typeof gateway.listCookies> {
    return { items: listedCookies(DEFAULT_LANGUAGE, this.config.secure), nextCursor: null }
  }

  @ServedHere(gateway.chooseCookies)
  choose(
    @Input() { body }: ApiInput<typeof gateway.chooseCookies>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): void {
    reply.header('set-cookie', this.cookies.choose(body.counting))
  }

  /** Has no session: whoever made a browser post it would gain nothing, and other sites cannot. */
  @Post('/privacy/cookies/choice')
  @HttpCode(200)
  @OpenForm()
  @Limited('withdrawal')
  async chooseByForm(@Body() form: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const isCounted = fieldOf(form, 'counting') === 'yes'
    reply.header('set-cookie', this.cookies.choose(isCounted))
    const language = pageLanguageOf(request)
    const { counting } = cookieTextsIn(language)
    const { title, text } = isCounted ? counting.allowed : counting.refused
    await this.show.execute(request, reply, card(title, paragraph(text), undefined, language))
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
