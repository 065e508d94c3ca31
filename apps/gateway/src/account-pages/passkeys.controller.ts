import { type ApiAnswer, DomainError, identity } from '@mpics/contracts'
import type { PeerInput } from '@mpics/service-kit'
import { Body, Controller, Get, HttpCode, Post, Req, Res } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { PageCalls } from '../page-sessions/page-calls.js'
import { card, fieldOf, paragraph, statusOf, wrong } from '../pages/form.js'
import { type Html, html } from '../pages/html.js'
import type { PageContent } from '../pages/layout.js'
import { pageLanguageOf, timeIn } from '../pages/page-language.js'
import { AccountAnswers } from './account-answers.js'
import { factorTextsIn } from './factor-texts.js'
import { MemberPages } from './member-pages.js'
import { credentialIn, PASSKEY_FIELD, passkeyFields, passkeyScript, signal } from './passkey-form.js'

const PAGE = '/account/passkeys'

type Passkeys = ApiAnswer<typeof identity.listPasskeys>
type Attestation = NonNullable<PeerInput<typeof identity.addPasskey>['body']>

@Controller('/account/passkeys')
@MemberPages()
export class PasskeysController {
  constructor(
    private readonly calls: PageCalls,
    private readonly answers: AccountAnswers,
  ) {}

  @Get()
  async list(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const known = await this.calls.call(request, identity.listPasskeys)
    await this.answers.show(request, reply, this.page(request, reply, known))
  }

  /** Asked for as a form, so that a proof is asked for before the browser makes anything. */
  @Post('/new')
  @HttpCode(200)
  async begin(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const options = await this.calls.call(request, identity.beginPasskey)
    const { passkeys, passkey } = factorTextsIn(pageLanguageOf(request))
    const fields = html`<label for="name">${passkeys.name}</label>
      <input id="name" name="name" maxlength="60" autocomplete="off" required />
      ${passkeyFields(passkey)}<button>${passkeys.add}</button>`
    const attributes = html`data-passkey="make" data-options="${JSON.stringify(options)}" hidden`
    const form = this.answers.form(request, reply, PAGE, fields, attributes)
    const inside = html`${paragraph(passkeys.addText)} ${form} ${passkeyScript(passkey)}`
    await this.answers.show(request, reply, card(passkeys.addTitle, inside))
  }

  @Post()
  @HttpCode(200)
  async add(@Body() form: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const passkey = credentialIn(fieldOf(form, PASSKEY_FIELD)) ?? {}
    const body = { name: fieldOf(form, 'name'), passkey } as Attestation
    const refusal = await this.calls.call(request, identity.addPasskey, { body }).then(
      () => undefined,
      (error: unknown) => refusalOf(error, request),
    )
    if (refusal === undefined) return this.answers.goTo(request, reply, PAGE)
    const known = await this.calls.call(request, identity.listPasskeys)
    await this.answers.show(request, reply, this.page(request, reply, known, refusal))
  }

  @Post('/removal')
  async remove(@Body() form: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.calls.call(request, identity.removePasskey, { params: { id: fieldOf(form, 'id') } })
    await this.answers.goTo(request, reply, PAGE)
  }

  private page(request: FastifyRequest, reply: FastifyReply, known: Passkeys, problem?: string): PageContent {
    const { passkeys, passkey } = factorTextsIn(pageLanguageOf(request))
    const { rpId, userId, acceptedCredentialIds } = known
    const about = userId && { rpId, userId, allAcceptedCredentialIds: acceptedCredentialIds }
    const add = this.answers.form(request, reply, `${PAGE}/new`, html`<button>${passkeys.add}</button>`)
    const body = html`<h1>${passkeys.title}</h1>
      ${wrong(problem)}
      <p class="lead">${passkeys.lead}</p>
      ${known.items.length === 0 && paragraph(passkeys.none)}
      <ul class="cards">
        ${known.items.map((item) => this.item(request, reply, item))}
      </ul>
      ${add} ${passkeyScript(passkey)} ${about && signal('signalAllAcceptedCredentials', about)}`
    return { title: passkeys.title, body, status: statusOf(problem) }
  }

  private item(request: FastifyRequest, reply: FastifyReply, item: Passkeys['items'][number]): Html {
    const language = pageLanguageOf(request)
    const { added, used, never, remove } = factorTextsIn(language).passkeys
    const lastUsed = item.lastUsedAt ? `${used} ${timeIn(language, item.lastUsedAt)}` : never
    const fields = html`<input type="hidden" name="id" value="${item.id}" /><button>${remove(item.name)}</button>`
    return html`<li>
      <h2>${item.name}</h2>
      <p class="quiet">${added} ${timeIn(language, item.addedAt)} · ${lastUsed}</p>
      ${this.answers.form(request, reply, `${PAGE}/removal`, fields)}
    </li>`
  }
}

function refusalOf(error: unknown, request: FastifyRequest): string {
  const isRefusal =
    error instanceof DomainError && (error.code.startsWith('identity.passkey') || error.kind === 'invalid')
  if (!isRefusal) throw error
  return factorTextsIn(pageLanguageOf(request)).passkeys.refused
}
