import { type ApiAnswer, identity } from '@mpics/contracts'
import { Endpoint, Member, type MemberIdentity } from '@mpics/service-kit'
import { Controller } from '@nestjs/common'
import { Proved, type ProvedMember } from '../proofs/proved-member.js'
import { CloseAccount } from './close-account.js'
import { RestoreAccount } from './restore-account.js'

@Controller()
export class ClosuresController {
  constructor(
    private readonly closing: CloseAccount,
    private readonly restoring: RestoreAccount,
  ) {}

  @Endpoint(identity.closeMyAccount)
  async close(@Proved() member: ProvedMember): Promise<ApiAnswer<typeof identity.closeMyAccount>> {
    return { erasesAt: (await this.closing.execute(member)).erasesAt.toISOString() }
  }

  @Endpoint(identity.restoreMyAccount)
  restore(@Member() { accountId }: MemberIdentity): Promise<void> {
    return this.restoring.execute(accountId)
  }
}
