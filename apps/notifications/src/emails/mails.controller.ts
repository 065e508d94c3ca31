import { type ApiAnswer, type ApiInput, listMails } from '@mpics/contracts'
import { Endpoint, Input, Member, type MemberIdentity } from '@mpics/service-kit'
import { Controller } from '@nestjs/common'
import { EmailRepository } from './email.repository.js'

@Controller()
export class MailsController {
  constructor(private readonly emails: EmailRepository) {}

  @Endpoint(listMails)
  async list(
    @Member() member: MemberIdentity,
    @Input() { query }: ApiInput<typeof listMails>,
  ): Promise<ApiAnswer<typeof listMails>> {
    const { items, nextCursor } = await this.emails.pageOf(member.accountId, query)
    return {
      items: items.map(({ id, category, status, cause, reason, createdAt, sentAt }) => ({
        id,
        category,
        status,
        cause,
        reason,
        createdAt: createdAt.toISOString(),
        sentAt: sentAt?.toISOString() ?? null,
      })),
      nextCursor,
    }
  }
}
