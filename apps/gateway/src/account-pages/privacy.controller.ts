import { type DataCategory, identity } from '@mpics/contracts'
import { Controller, Get, Req, Res } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { ComposeMyPrivacy, type MyPrivacy } from '../compose/my-privacy.js'
import { PageCalls } from '../page-sessions/page-calls.js'
import { type Html, html } from '../pages/html.js'
import { languageAttributes, pageLanguageOf, timeIn } from '../pages/page-language.js'
import { privacyTextsIn } from '../pages/privacy-texts.js'
import { AccountAnswers, addressIn } from './account-answers.js'
import { ledgerSections } from './ledger-sections.js'
import { MemberPages } from './member-pages.js'

type Category = MyPrivacy['categories'][number]
type Place = Category['held'][number]

@Controller('/account/privacy')
@MemberPages()
export class PrivacyController {
  constructor(
    private readonly calls: PageCalls,
    private readonly privacy: ComposeMyPrivacy,
    private readonly answers: AccountAnswers,
  ) {}

  @Get()
  async mine(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const ledger = await this.calls.call(request, identity.getMyLedger)
    const mine = await this.privacy.execute(ledger, request.caller!.member!)
    const language = pageLanguageOf(request)
    const { mine: texts } = privacyTextsIn(language)
    const body = html`<h1>${texts.title}</h1>
      <p class="lead">${texts.lead}</p>
      ${mine.closing && html`<p>${texts.closing(timeIn(language, mine.closing))}</p>`}
      ${mine.missing.length > 0 && html`<p role="status">${texts.missing(mine.missing.join(', '))}</p>`}
      ${mine.categories.map((category) => section(request, category))} ${ledgerSections(language, mine)}
      <p><a href="${addressIn(request, '/privacy/inventory')}">${texts.inventory}</a></p>`
    await this.answers.show(request, reply, { title: texts.title, body })
  }
}

function section(request: FastifyRequest, { category, description, held }: Category): Html {
  const { categories, mine } = privacyTextsIn(pageLanguageOf(request))
  const { name, text } = categories[category as DataCategory] ?? { name: category, text: description }
  const found = held.filter(({ count }) => count !== 0)
  return html`<h2>${name}</h2>
    <p>${text}</p>
    ${
      found.length === 0
        ? html`<p class="quiet">${mine.nothing}</p>`
        : html`<ul>
            ${found.map((place) => item(request, place))}
          </ul>`
    }`
}

function item(request: FastifyRequest, { where, count, isMore, retention, endsFrom }: Place): Html {
  const language = pageLanguageOf(request)
  const { mine } = privacyTextsIn(language)
  const end = endsFrom && html`, ${mine.ends(timeIn(language, endsFrom))}`
  return html`<li>
    <code>${where}</code>: ${count === null ? mine.files : mine.records(count, isMore)}
    <span class="quiet">(${mine.until} <span ${languageAttributes()}>${retention}</span>${end})</span>
  </li> `
}
