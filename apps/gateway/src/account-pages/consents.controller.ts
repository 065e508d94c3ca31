import { type ApiAnswer, DomainError, identity } from '@mpics/contracts'
import { Body, Controller, Get, Post, Req, Res } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { PageCalls } from '../page-sessions/page-calls.js'
import { fieldOf, paragraph, statusOf, wrong } from '../pages/form.js'
import { type Html, html } from '../pages/html.js'
import { pageLanguageOf, timeIn } from '../pages/page-language.js'
import { Limited } from '../routes/edge-route.js'
import { AccountAnswers } from './account-answers.js'
import { MemberPages } from './member-pages.js'
import { settingsTextsIn } from './settings-texts.js'

const PAGE = '/account/consents'

type Consent = ApiAnswer<typeof identity.getConsents>['items'][number]
type Form = ApiAnswer<typeof identity.getConsentForm>

/**
 * Each consent as it is asked for: nothing is chosen in advance, and both answers are one press away. An account that is being
 * closed takes back what it gave, and gives nothing.
 */
@Controller('/account/consents')
@MemberPages()
export class ConsentsController {
  constructor(
    private readonly calls: PageCalls,
    private readonly answers: AccountAnswers,
  ) {}

  @Get()
  @Limited('withdrawal')
  list(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.show(request, reply)
  }

  @Post()
  @Limited('withdrawal')
  async answer(@Body() form: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const purpose = fieldOf(form, 'purpose')
    const granted = fieldOf(form, 'granted') === 'true'
    const body = { granted, noticeVersion: fieldOf(form, 'noticeVersion'), served: fieldOf(form, 'served') }
    try {
      await this.calls.call(request, identity.changeConsent, {
        params: { purpose: purpose as Consent['purpose'] },
        body,
      })
    } catch (error) {
      if (!isAboutForm(error)) throw error
      return this.show(request, reply, settingsTextsIn(pageLanguageOf(request)).consents.outdated)
    }
    await this.answers.goTo(request, reply, PAGE)
  }

  private async show(request: FastifyRequest, reply: FastifyReply, problem?: string): Promise<void> {
    const language = pageLanguageOf(request)
    const { title, lead, closing, nothing } = settingsTextsIn(language).consents
    const isClosing = request.caller?.member?.closing === true
    const all = (await this.calls.call(request, identity.getConsents)).items
    const items = isClosing ? all.filter(({ granted }) => granted) : all
    const query = { locale: language, surface: 'page' as const }
    const forms = await Promise.all(
      items.map(({ purpose }) => this.calls.call(request, identity.getConsentForm, { params: { purpose }, query })),
    )
    const body = html`<h1>${title}</h1>
      ${wrong(problem)}
      <p class="lead">${isClosing ? closing : lead}</p>
      ${items.length === 0 && paragraph(nothing)}
      <ul class="cards">
        ${items.map((consent, i) => this.item(request, reply, consent, forms[i]!))}
      </ul>`
    await this.answers.show(request, reply, { title, body, status: statusOf(problem) })
  }

  private item(request: FastifyRequest, reply: FastifyReply, consent: Consent, form: Form): Html {
    const field = (name: string, value: string) => html`<input type="hidden" name="${name}" value="${value}" />`
    const choices = request.caller?.member?.closing ? form.choices.filter(({ granted }) => !granted) : form.choices
    const buttons = choices.map(
      ({ granted, label }) => html`<button name="granted" value="${String(granted)}">${label}</button> `,
    )
    const inside = html`${field('purpose', form.purpose)} ${field('noticeVersion', form.noticeVersion)}
    ${field('served', form.served)} ${buttons}`
    return html`<li>
      <h2>${form.title}</h2>
      <p>${form.text}</p>
      <p class="quiet">${stateOf(request, consent)}</p>
      ${this.answers.form(request, reply, PAGE, inside)}
    </li>`
  }
}

function stateOf(request: FastifyRequest, { granted, changedAt }: Consent): Html {
  const language = pageLanguageOf(request)
  const { given, refused, never } = settingsTextsIn(language).consents
  if (changedAt === null) return html`${never}`
  const at = html`<time datetime="${changedAt}">${timeIn(language, changedAt)}</time>`
  return granted ? given(at) : refused(at)
}

/** The page is shown anew, with the form of today. */
const isAboutForm = (error: unknown): boolean =>
  error instanceof DomainError && /^identity\.(served-|policy-outdated$)/.test(error.code)
