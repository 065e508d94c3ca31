import { type ApiAnswer, type ApiInput, notifications } from '@mpics/contracts'
import { Endpoint, Input } from '@mpics/service-kit'
import { Controller } from '@nestjs/common'
import { StopMails } from './stop-mails.js'
import { UnsubscribeTokens } from './unsubscribe-tokens.js'

/** RFC 8058. Scanners follow the links of mails: only POST changes something (§2). */
@Controller()
export class UnsubscribeController {
  constructor(
    private readonly tokens: UnsubscribeTokens,
    private readonly stopping: StopMails,
  ) {}

  @Endpoint(notifications.getUnsubscribe)
  async show(
    @Input() { params }: ApiInput<typeof notifications.getUnsubscribe>,
  ): Promise<ApiAnswer<typeof notifications.getUnsubscribe>> {
    const { accountId, category } = this.tokens.read(params.token)
    return { category, choice: await this.stopping.choiceOf(accountId, category) }
  }

  @Endpoint(notifications.postUnsubscribe)
  async turnOff(
    @Input() { params }: ApiInput<typeof notifications.postUnsubscribe>,
  ): Promise<ApiAnswer<typeof notifications.postUnsubscribe>> {
    const { accountId, category } = this.tokens.read(params.token)
    return { category, choice: await this.stopping.execute(accountId, category) }
  }
}
