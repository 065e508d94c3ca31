import { type ApiAnswer, DomainError, identity } from '@mpics/contracts'
import { Body, Controller, Get, HttpCode, Post, Req, Res } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import encodeQR from 'qr'
import { PageCalls } from '../page-sessions/page-calls.js'
import { card, fieldOf, paragraph, statusOf, wrong } from '../pages/form.js'
import { Html, html } from '../pages/html.js'
import type { PageContent } from '../pages/layout.js'
import { pageLanguageOf, timeIn } from '../pages/page-language.js'
import { AccountAnswers, addressIn } from './account-answers.js'
import { factorTextsIn } from './factor-texts.js'
import { MemberPages } from './member-pages.js'

const PAGE = '/account/factors'

type Authenticators = ApiAnswer<typeof identity.listAuthenticators>

@Controller('/account/factors')
@MemberPages()
export class FactorsController {
  constructor(
    private readonly calls: PageCalls,
    private readonly answers: AccountAnswers,
  ) {}

  @Get()
  async list(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const factors = await this.calls.call(request, identity.listAuthenticators)
    const texts = factorTextsIn(pageLanguageOf(request)).factors
    const inside = html`${paragraph(texts.lead)} ${this.app(request, reply, factors)}
      ${this.codes(request, reply, factors)}
      <p><a href="${addressIn(request, '/account/passkeys')}">${texts.passkeys}</a></p>`
    await this.answers.show(request, reply, card(texts.title, inside))
  }

  @Post('/totp')
  @HttpCode(200)
  async begin(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { uri, secret } = await this.calls.call(request, identity.beginTotp)
    const { text, picture, secret: key } = factorTextsIn(pageLanguageOf(request)).totp
    const code = new Html(encodeQR(uri, 'svg'))
    const shown = html`${paragraph(text)}
      <div class="qr" role="img" aria-label="${picture}">${code}</div>
      <p>${key}: <code>${secret}</code></p>`
    await this.answers.show(request, reply, this.confirmation(request, reply, shown))
  }

  @Post('/confirmation')
  @HttpCode(200)
  async confirm(@Body() form: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { failed } = factorTextsIn(pageLanguageOf(request)).totp
    const body = { code: fieldOf(form, 'code') }
    const page = await this.calls.call(request, identity.confirmTotp, { body }).then(
      ({ recoveryCodes }) => codesPage(request, recoveryCodes),
      (error: unknown) => {
        if (!isWrongCode(error)) throw error
        return this.confirmation(request, reply, undefined, failed)
      },
    )
    await this.answers.show(request, reply, page)
  }

  @Post('/removal')
  async remove(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.calls.call(request, identity.removeTotp)
    await this.answers.goTo(request, reply, PAGE)
  }

  @Post('/recovery-codes')
  @HttpCode(200)
  async renew(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { recoveryCodes } = await this.calls.call(request, identity.makeRecoveryCodes)
    await this.answers.show(request, reply, codesPage(request, recoveryCodes))
  }

  private app(request: FastifyRequest, reply: FastifyReply, { totp }: Authenticators): Html {
    const language = pageLanguageOf(request)
    const { app, appOn, appOff, setUp, remove } = factorTextsIn(language).factors
    const [path, button] = totp ? ['/removal', remove] : ['/totp', setUp]
    return html`<h2>${app}</h2>
      ${paragraph(totp ? appOn(timeIn(language, totp.confirmedAt)) : appOff)}
      ${this.answers.form(request, reply, PAGE + path, html`<button>${button}</button>`)}`
  }

  private codes(request: FastifyRequest, reply: FastifyReply, factors: Authenticators): Html | undefined {
    if (!factors.totp && factors.passkeys === 0) return undefined
    const { codes, codesLeft, newCodes } = factorTextsIn(pageLanguageOf(request)).factors
    return html`<h2>${codes}</h2>
      ${paragraph(codesLeft(factors.recoveryCodesLeft))}
      ${this.answers.form(request, reply, `${PAGE}/recovery-codes`, html`<button>${newCodes}</button>`)}`
  }

  private confirmation(request: FastifyRequest, reply: FastifyReply, shown?: Html, problem?: string): PageContent {
    const { title, code, button } = factorTextsIn(pageLanguageOf(request)).totp
    const fields = html`<label for="code">${code}</label>
      <input id="code" name="code" inputmode="numeric" maxlength="6" autocomplete="one-time-code" required />
      <button>${button}</button>`
    const form = this.answers.form(request, reply, `${PAGE}/confirmation`, fields)
    return card(title, html`${wrong(problem)} ${shown} ${form}`, statusOf(problem))
  }
}

const isWrongCode = (error: unknown): boolean =>
  error instanceof DomainError && (error.code === 'identity.factor-failed' || error.kind === 'invalid')

function codesPage(request: FastifyRequest, codes: readonly string[]): PageContent {
  const { title, text, done, back } = factorTextsIn(pageLanguageOf(request)).codes
  const list = html`${paragraph(text)}
    <ul class="codes">
      ${codes.map((code) => html`<li><code>${code}</code></li> `)}
    </ul>`
  const inside = html`${codes.length > 0 ? list : paragraph(done)}
    <p><a class="button" href="${addressIn(request, PAGE)}">${back}</a></p>`
  return card(title, inside)
}
