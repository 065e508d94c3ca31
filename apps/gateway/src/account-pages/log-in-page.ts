import { Injectable } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { card, paragraph, wrong } from '../pages/form.js'
import { type Html, html } from '../pages/html.js'
import type { PageContent } from '../pages/layout.js'
import { languageQuery, pageLanguageOf } from '../pages/page-language.js'
import { AccountAnswers, addressIn } from './account-answers.js'
import { accountTextsIn } from './account-texts.js'
import { factorTextsIn } from './factor-texts.js'
import { passkeyFields, passkeyScript } from './passkey-form.js'

export interface Problem {
  text: string
  status: number
}

export interface Asked {
  next: string
  login?: string
  problem?: Problem | undefined
  /** What a script tells the browser. */
  signal?: Html
}

export interface Pending {
  sessionId: string
  factors: readonly string[]
  next: string
  problem?: Problem
}

@Injectable()
export class LogInPage {
  constructor(private readonly answers: AccountAnswers) {}

  first(request: FastifyRequest, reply: FastifyReply, asked: Asked): PageContent {
    const language = pageLanguageOf(request)
    const texts = accountTextsIn(language).logIn
    const { passkey } = factorTextsIn(language)
    const form = this.answers.form(request, reply, '/log-in', passwordFields(request, asked))
    const inside = html`${wrong(asked.problem?.text)} ${form}
      <p><a href="/reset-password${languageQuery(language)}">${texts.forgot}</a></p>
      <h2>${passkey.use}</h2>
      ${this.passkeyForm(request, reply, '/log-in/passkey', next(asked))} ${passkeyScript(passkey)} ${asked.signal}`
    return card(texts.title, inside, asked.problem?.status)
  }

  second(request: FastifyRequest, reply: FastifyReply, pending: Pending): PageContent {
    const language = pageLanguageOf(request)
    const { step, passkey } = factorTextsIn(language)
    const hidden = html`${next(pending)} <input type="hidden" name="id" value="${pending.sessionId}" />
      <input type="hidden" name="factors" value="${pending.factors.join(' ')}" />`
    const codeForm = (name: string, label: string) =>
      this.answers.form(
        request,
        reply,
        '/log-in/factor',
        html`${hidden}<label for="${name}">${label}</label>
          <input id="${name}" name="${name}" maxlength="64" autocomplete="one-time-code" required />
          <button>${step.button}</button>`,
      )
    const takes = (factor: string) => pending.factors.includes(factor)
    const inside = html`${wrong(pending.problem?.text)} ${paragraph(step.text)}
      ${takes('totp') && codeForm('code', step.code)}
      ${takes('passkey') && html`${this.passkeyForm(request, reply, '/log-in/factor', hidden)} ${passkeyScript(passkey)}`}
      ${takes('recovery-code') && codeForm('recoveryCode', step.recoveryCode)}
      <p><a href="${addressIn(request, '/log-in/lost-factor')}">${step.lost}</a></p>`
    return card(step.title, inside, pending.problem?.status)
  }

  private passkeyForm(request: FastifyRequest, reply: FastifyReply, action: string, hidden: Html): Html {
    const { passkey } = factorTextsIn(pageLanguageOf(request))
    const fields = html`${hidden} ${passkeyFields(passkey)}<button>${passkey.button}</button>`
    return this.answers.form(request, reply, action, fields, html`data-passkey="use" hidden`)
  }
}

const next = ({ next: path }: { next: string }): Html => html`<input type="hidden" name="next" value="${path}" />`

function passwordFields(request: FastifyRequest, asked: Asked): Html {
  const texts = accountTextsIn(pageLanguageOf(request)).logIn
  return html`${next(asked)}
    <label for="login">${texts.login}</label>
    <input id="login" name="login" maxlength="254" autocomplete="username" value="${asked.login ?? ''}" required />
    <label for="password">${texts.password}</label>
    <input id="password" name="password" type="password" maxlength="256" autocomplete="current-password" required />
    <p>
      <input id="shared" name="sharedComputer" type="checkbox" aria-describedby="shared-hint" />
      <label class="beside" for="shared">${texts.shared}</label>
    </p>
    <p id="shared-hint" class="quiet">${texts.sharedHint}</p>
    <button>${texts.button}</button>`
}
