import { DomainError, identity } from '@mpics/contracts'
import type { PeerInput } from '@mpics/service-kit'
import { Body, Controller, Get, HttpCode, Post, Query, Req, Res } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { PageCalls } from '../page-sessions/page-calls.js'
import { card, fieldOf, paragraph, wrong } from '../pages/form.js'
import { type Html, html } from '../pages/html.js'
import type { PageContent } from '../pages/layout.js'
import { pageLanguageOf } from '../pages/page-language.js'
import { Limited } from '../routes/edge-route.js'
import { AccountAnswers } from './account-answers.js'
import { MemberPages } from './member-pages.js'
import { factorTextsIn } from './factor-texts.js'
import { nextOf } from './next-page.js'
import { credentialIn, PASSKEY_FIELD, passkeyFields, passkeyScript } from './passkey-form.js'
import { type SettingsTexts, settingsTextsIn } from './settings-texts.js'

/** Asks for what a dangerous act needs, and leads back to its page. */
@Controller('/account/proof')
@MemberPages()
export class ProofController {
  constructor(
    private readonly calls: PageCalls,
    private readonly answers: AccountAnswers,
  ) {}

  @Get()
  ask(@Query('next') next: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.answers.show(request, reply, this.page(request, reply, nextOf(next)))
  }

  @Post()
  @HttpCode(200)
  @Limited('credentials')
  async prove(@Body() form: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const [password, code, next] = [fieldOf(form, 'password'), fieldOf(form, 'code'), nextOf(fieldOf(form, 'next'))]
    const passkey = credentialIn(fieldOf(form, PASSKEY_FIELD))
    const body = passkey ? ({ passkey } as Evidence) : code === '' ? { password } : { code }
    const problem = await this.calls.call(request, identity.proveMyself, { body }).then(
      () => undefined,
      (error: unknown) => problemOf(error, request),
    )
    if (!problem) return this.answers.goTo(request, reply, next)
    await this.answers.show(request, reply, this.page(request, reply, next, problem))
  }

  /** A form each, since a browser that fills in the password must not keep somebody from giving a code. */
  private page(request: FastifyRequest, reply: FastifyReply, next: string, problem?: Problem): PageContent {
    const texts = settingsTextsIn(pageLanguageOf(request)).proof
    const { passkey } = factorTextsIn(pageLanguageOf(request))
    const form = (fields: Html, attributes?: Html) => {
      const all = html`<input type="hidden" name="next" value="${next}" /> ${fields}`
      return this.answers.form(request, reply, '/account/proof', all, attributes)
    }
    const withPasskey = html`${passkeyFields(passkey)}<button>${passkey.button}</button>`
    const inside = html`${wrong(problem?.text)} ${paragraph(texts.text)} ${form(passwordFields(texts))}
    ${form(codeFields(texts))} ${form(withPasskey, html`data-passkey="use" hidden`)} ${passkeyScript(passkey)}`
    return card(texts.title, inside, problem?.status)
  }
}

interface Problem {
  text: string
  status: number
}

type Evidence = NonNullable<PeerInput<typeof identity.proveMyself>['body']>

const passwordFields = ({ password, button }: SettingsTexts['proof']): Html =>
  html`<label for="password">${password}</label>
    <input id="password" name="password" type="password" maxlength="256" autocomplete="current-password" required />
    <button>${button}</button>`

const codeFields = ({ code, codeHint, button }: SettingsTexts['proof']): Html =>
  html`<label for="code">${code}</label>
    <input id="code" name="code" maxlength="64" autocomplete="one-time-code" required aria-describedby="code-hint" />
    <p id="code-hint" class="quiet">${codeHint}</p>
    <button>${button}</button>`

function problemOf(error: unknown, request: FastifyRequest): Problem {
  const { failed, wait } = settingsTextsIn(pageLanguageOf(request)).proof
  if (!(error instanceof DomainError)) throw error
  if (error.kind === 'too-many') return { text: wait, status: 429 }
  if (error.code === 'identity.proof-failed' || error.kind === 'invalid') return { text: failed, status: 422 }
  throw error
}
