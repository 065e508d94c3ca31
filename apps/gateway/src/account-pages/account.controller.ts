import { type ApiAnswer, identity, type Language } from '@mpics/contracts'
import { Controller, Get, Req, Res } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { PageCalls } from '../page-sessions/page-calls.js'
import { card } from '../pages/form.js'
import { type Html, html } from '../pages/html.js'
import { pageLanguageOf, timeIn } from '../pages/page-language.js'
import { privacyTextsIn } from '../pages/privacy-texts.js'
import { AccountAnswers, addressIn } from './account-answers.js'
import { accountTextsIn } from './account-texts.js'
import { factorTextsIn } from './factor-texts.js'
import { MemberPages } from './member-pages.js'
import { settingsTextsIn } from './settings-texts.js'
import { askToAccept } from './to-accept.js'

type Me = ApiAnswer<typeof identity.getMe>

@Controller('/account')
@MemberPages()
export class AccountController {
  constructor(
    private readonly calls: PageCalls,
    private readonly answers: AccountAnswers,
  ) {}

  @Get()
  async overview(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const me = await this.calls.call(request, identity.getMe)
    const { title, logOff } = accountTextsIn(pageLanguageOf(request)).account
    const inside = html`${facts(request, me)} ${this.acceptance(request, reply, me)}
    ${me.closure ? this.restoration(request, reply, me.closure) : links(request, me)}
    ${this.answers.form(request, reply, '/log-off', html`<button>${logOff}</button>`)}`
    await this.answers.show(request, reply, card(title, inside))
  }

  /** Identity of an earlier release asks for nothing. */
  private acceptance(request: FastifyRequest, reply: FastifyReply, { toAccept = [], ...me }: Me): Html | null {
    if (toAccept.length === 0 || !me.emailVerified || me.closure) return null
    const form = askToAccept(toAccept, pageLanguageOf(request))
    return this.answers.form(request, reply, '/account/acceptances', form)
  }

  private restoration(request: FastifyRequest, reply: FastifyReply, { erasesAt }: NonNullable<Me['closure']>): Html {
    const language = pageLanguageOf(request)
    const { closing, restore } = settingsTextsIn(language).closing
    const at = html`<time datetime="${erasesAt}">${timeIn(language, erasesAt)}</time>`
    return html`<p>${closing(at)}</p>
      ${list(request, openToClosing(pageLanguageOf(request)))}
      ${this.answers.form(request, reply, '/account/closing/restoration', html`<button>${restore}</button>`)}`
  }
}

function facts(request: FastifyRequest, { handle, email, emailVerified }: Me): Html {
  const { name, address, unverified } = accountTextsIn(pageLanguageOf(request)).account
  return html`<dl class="facts">
    <dt>${name}</dt>
    <dd>@${handle}</dd>
    <dt>${address}</dt>
    <dd>${email} ${!emailVerified && html`<span class="quiet">(${unverified})</span>`}</dd>
  </dl>`
}

interface Link {
  path: string
  text: string
}

const list = (request: FastifyRequest, links: Link[]): Html =>
  html`<ul>
    ${links.map(({ path, text }) => html`<li><a href="${addressIn(request, path)}">${text}</a></li> `)}
  </ul>`

const openToClosing = (language: Language): Link[] => [
  { path: '/account/consents', text: settingsTextsIn(language).consents.link },
  { path: '/account/privacy', text: privacyTextsIn(language).mine.link },
]

/** A person whose address is not confirmed sees what is open to them. */
function links(request: FastifyRequest, { emailVerified }: Me): Html {
  const language = pageLanguageOf(request)
  const { address, password, consents, closing } = settingsTextsIn(language)
  const all = [
    ...(emailVerified
      ? [
          { path: '/account/sessions', text: accountTextsIn(language).account.sessions },
          { path: '/account/factors', text: factorTextsIn(language).factors.link },
          { path: '/account/consents', text: consents.link },
        ]
      : []),
    { path: '/account/address', text: address.link },
    { path: '/account/password', text: password.link },
    { path: '/account/privacy', text: privacyTextsIn(language).mine.link },
    { path: '/account/closing', text: closing.link },
  ]
  return list(request, all)
}
