import { identity, type Language } from '@mpics/contracts'
import { Peers } from '@mpics/service-kit'
import { Body, Controller, Get, Post, Query, Req, Res } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { rethrowUpstreamProblem } from '../compose/upstream-problem.error.js'
import { Limited, TakesToken } from '../routes/edge-route.js'
import { card, fieldOf, isAboutLink, isToken, paragraph } from './form.js'
import { html } from './html.js'
import type { PageContent } from './layout.js'
import { pageLanguageOf, textsIn } from './page-language.js'
import { ShowPage } from './show-page.js'
import { tokenForm } from './token-form.js'

type Act = 'confirm' | 'cancel'
const CALLS = { confirm: identity.confirmFactorRecovery, cancel: identity.cancelFactorRecovery } as const

/** Of the mails about lost factors. Mail scanners open links: only the button does anything. */
@Controller()
export class FactorRecoveryController {
  constructor(
    private readonly peers: Peers,
    private readonly show: ShowPage,
  ) {}

  @Get('/confirm-factor-recovery')
  @TakesToken()
  askToConfirm(@Query('token') token: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    return this.show.execute(request, reply, question(pageLanguageOf(request), 'confirm', token))
  }

  @Get('/cancel-factor-recovery')
  @TakesToken()
  askToCancel(@Query('token') token: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    return this.show.execute(request, reply, question(pageLanguageOf(request), 'cancel', token))
  }

  @Post('/confirm-factor-recovery')
  @TakesToken()
  @Limited('credentials')
  confirm(@Body() form: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.answer('confirm', form, request, reply)
  }

  @Post('/cancel-factor-recovery')
  @TakesToken()
  @Limited('credentials')
  cancel(@Body() form: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.answer('cancel', form, request, reply)
  }

  private async answer(act: Act, form: unknown, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const language = pageLanguageOf(request)
    const token = fieldOf(form, 'token')
    const page = await this.peers
      .call(CALLS[act], { body: { token } })
      .then(() => says(language, act), rethrowUpstreamProblem)
      .catch((error: unknown) => {
        if (token === '' || isAboutLink(error)) return expired(language)
        throw error
      })
    await this.show.execute(request, reply, page)
  }
}

function question(language: Language, act: Act, token: unknown): PageContent {
  if (!isToken(token)) return expired(language)
  const { title, about, button } = textsIn(language).factors[act]
  const inside = html`<p>${about}</p>
    ${tokenForm(language, `/${act}-factor-recovery`, token, html`<button>${button}</button>`)}`
  return card(title, inside, 200, language)
}

function says(language: Language, act: Act): PageContent {
  const { title, text } = textsIn(language).factors[act].done
  return card(title, paragraph(text), 200, language)
}

function expired(language: Language): PageContent {
  const { title, text } = textsIn(language).factors.expired
  return card(title, paragraph(text), 410, language)
}
