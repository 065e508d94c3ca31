import { type ApiAnswer, type ApiInput, identity } from '@mpics/contracts'
import { Endpoint, Input } from '@mpics/service-kit'
import { Controller } from '@nestjs/common'
import { LastMails } from '../erasures/last-mails.js'

/** Notifications sends the last mails to people who have no account any more, and keeps nothing of them. */
@Controller()
export class LastMailsController {
  constructor(private readonly lastMails: LastMails) {}

  @Endpoint(identity.claimLastMails)
  async claim(): Promise<ApiAnswer<typeof identity.claimLastMails>> {
    const items = (await this.lastMails.claim()).map(({ begunAt, finishedAt, lastTraceAt, ...mail }) => ({
      ...mail,
      begunAt: begunAt.toISOString(),
      finishedAt: finishedAt.toISOString(),
      lastTraceAt: lastTraceAt.toISOString(),
    }))
    return { items }
  }

  @Endpoint(identity.settleLastMail)
  settle(@Input() { params, body }: ApiInput<typeof identity.settleLastMail>): Promise<void> {
    return this.lastMails.settle(params.erasureId, body.outcome)
  }
}
