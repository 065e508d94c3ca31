import { type ApiAnswer, type ApiInput, notifications } from '@mpics/contracts'
import { Endpoint, Input, Member, type MemberIdentity } from '@mpics/service-kit'
import { Controller } from '@nestjs/common'
import type { Email } from './email.js'
import { EmailRepository } from './email.repository.js'

@Controller()
export class EmailsController {
  constructor(private readonly emails: EmailRepository) {}

  @Endpoint(notifications.listMails)
  async list(
    @Member() { accountId }: MemberIdentity,
    @Input() { query }: ApiInput<typeof notifications.listMails>,
  ): Promise<ApiAnswer<typeof notifications.listMails>> {
    const { items, nextCursor } = await this.emails.pageOf(accountId, query)
    return { items: items.map(shown), nextCursor }
  }
}

const shown = ({ id, kind, category, status, cause, reason, createdAt, finishedAt, policyVersion }: Email) => ({
  id,
  kind,
  category,
  status,
  cause,
  reason,
  createdAt: createdAt.toISOString(),
  sentAt: status === 'sent' ? (finishedAt?.toISOString() ?? null) : null,
  policyVersion: status === 'sent' ? policyVersion : null,
})
