import { type ApiAnswer, type ApiInput, identity } from '@mpics/contracts'
import { Endpoint, Input, Member, type MemberIdentity } from '@mpics/service-kit'
import { Controller } from '@nestjs/common'
import { AccountRepository } from '../accounts/account.repository.js'
import { Proved, type ProvedMember } from '../proofs/proved-member.js'
import { BeginTotp } from './begin-totp.js'
import { ConfirmTotp } from './confirm-totp.js'
import { MakeRecoveryCodes } from './make-recovery-codes.js'
import { RemoveTotp } from './remove-totp.js'

@Controller()
export class AuthenticatorsController {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly beginning: BeginTotp,
    private readonly confirming: ConfirmTotp,
    private readonly removing: RemoveTotp,
    private readonly making: MakeRecoveryCodes,
  ) {}

  @Endpoint(identity.listAuthenticators)
  async list(@Member() { accountId }: MemberIdentity): Promise<ApiAnswer<typeof identity.listAuthenticators>> {
    const { totp, recoveryCodes, passkeys } = (await this.accounts.get(accountId)).factors
    return {
      totp: totp?.confirmedAt ? { confirmedAt: totp.confirmedAt.toISOString() } : null,
      recoveryCodesLeft: recoveryCodes.length,
      passkeys: passkeys.length,
    }
  }

  @Endpoint(identity.beginTotp)
  begin(@Proved() member: ProvedMember): Promise<ApiAnswer<typeof identity.beginTotp>> {
    return this.beginning.execute(member)
  }

  @Endpoint(identity.confirmTotp)
  async confirm(
    @Proved() member: ProvedMember,
    @Input() { body }: ApiInput<typeof identity.confirmTotp>,
  ): Promise<ApiAnswer<typeof identity.confirmTotp>> {
    return { recoveryCodes: await this.confirming.execute(member, body.code) }
  }

  @Endpoint(identity.removeTotp)
  remove(@Proved() member: ProvedMember): Promise<void> {
    return this.removing.execute(member)
  }

  @Endpoint(identity.makeRecoveryCodes)
  async make(@Proved() member: ProvedMember): Promise<ApiAnswer<typeof identity.makeRecoveryCodes>> {
    return { recoveryCodes: await this.making.execute(member) }
  }
}
