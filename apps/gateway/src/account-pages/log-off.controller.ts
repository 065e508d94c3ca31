import { identity } from '@mpics/contracts'
import { Controller, HttpCode, Post, Req, Res } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { PageCalls } from '../page-sessions/page-calls.js'
import { PageCookies } from '../page-sessions/page-cookies.js'
import { card, paragraph } from '../pages/form.js'
import { pageLanguageOf } from '../pages/page-language.js'
import { AccountAnswers } from './account-answers.js'
import { accountTextsIn } from './account-texts.js'
import { MemberPages } from './member-pages.js'

@Controller('/log-off')
@MemberPages()
export class LogOffController {
  constructor(
    private readonly calls: PageCalls,
    private readonly cookies: PageCookies,
    private readonly answers: AccountAnswers,
  ) {}

  /** B49: the button “back” shows nothing, neither from a cache nor from the memory of the browser. Without "cookies", as for the API (B31). */
  @Post()
  @HttpCode(200)
  async leave(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.calls.call(request, identity.logOff)
    const { title, text } = accountTextsIn(pageLanguageOf(request)).logIn.done
    reply.header('set-cookie', this.cookies.clearSession())
    const headers = { 'clear-site-data': '"cache", "storage"' }
    delete request.headers.cookie
    await this.answers.show(request, reply, { ...card(title, paragraph(text)), headers })
  }
}
