import { identity } from '@mpics/contracts'
import { Controller, Get, HttpCode, Post, Req, Res } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { PageCalls } from '../page-sessions/page-calls.js'
import { PageCookies } from '../page-sessions/page-cookies.js'
import { card, paragraph } from '../pages/form.js'
import { html } from '../pages/html.js'
import { pageLanguageOf, timeIn } from '../pages/page-language.js'
import { AccountAnswers } from './account-answers.js'
import { MemberPages } from './member-pages.js'
import { settingsTextsIn } from './settings-texts.js'

@Controller('/account/closing')
@MemberPages()
export class ClosingController {
  constructor(
    private readonly calls: PageCalls,
    private readonly answers: AccountAnswers,
    private readonly cookies: PageCookies,
  ) {}

  @Get()
  async ask(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { emailVerified } = await this.calls.call(request, identity.getMe)
    const { title, text, unverified, button } = settingsTextsIn(pageLanguageOf(request)).closing
    const form = this.answers.form(request, reply, '/account/closing', html`<button>${button}</button>`)
    await this.answers.show(request, reply, card(title, html`${paragraph(emailVerified ? text : unverified)} ${form}`))
  }

  @Post()
  @HttpCode(200)
  async close(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { erasesAt } = await this.calls.call(request, identity.closeMyAccount)
    const language = pageLanguageOf(request)
    const { restoreTitle, done } = settingsTextsIn(language).closing
    reply.header('set-cookie', this.cookies.clearSession())
    delete request.headers.cookie
    const at = html`<time datetime="${erasesAt}">${timeIn(language, erasesAt)}</time>`
    await this.answers.show(request, reply, card(restoreTitle, html`<p>${done(at)}</p>`))
  }

  @Post('/restoration')
  async restore(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.calls.call(request, identity.restoreMyAccount)
    await this.answers.goTo(request, reply, '/account')
  }
}
