import { DomainError, identity } from '@mpics/contracts'
import { Body, Controller, Post, Req, Res } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { PageCalls } from '../page-sessions/page-calls.js'
import { fieldOf } from '../pages/form.js'
import { AccountAnswers } from './account-answers.js'
import { MemberPages } from './member-pages.js'

/** Records that a member accepts the documents that the account page showed. */
@Controller('/account/acceptances')
@MemberPages()
export class AcceptanceController {
  constructor(
    private readonly calls: PageCalls,
    private readonly answers: AccountAnswers,
  ) {}

  @Post()
  async accept(@Body() form: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const [terms, privacy] = [fieldOf(form, 'terms'), fieldOf(form, 'privacy')]
    const body = { ...(terms && { terms }), ...(privacy && { privacy }) }
    await this.calls.call(request, identity.acceptPolicies, { body }).catch(unlessOutdated)
    await this.answers.goTo(request, reply, '/account')
  }
}

/** The page then shows the version that is in force now. */
function unlessOutdated(error: unknown): void {
  if (!(error instanceof DomainError && error.code === 'identity.policy-outdated')) throw error
}
