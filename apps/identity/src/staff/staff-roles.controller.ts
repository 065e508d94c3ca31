import { type ApiAnswer, type ApiInput, identity } from '@mpics/contracts'
import { Clock, Endpoint, Input, Member, type MemberIdentity } from '@mpics/service-kit'
import { Controller } from '@nestjs/common'
import type { Account } from '../accounts/account.js'
import { AccountRepository } from '../accounts/account.repository.js'
import { staffGrantsOf } from '../roles/role-grants.js'
import { ChangeStaffRoles } from './change-staff-roles.js'

@Controller()
export class StaffRolesController {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly changing: ChangeStaffRoles,
    private readonly clock: Clock,
  ) {}

  @Endpoint(identity.listRoles)
  async list(@Input() { params }: ApiInput<typeof identity.listRoles>): Promise<ApiAnswer<typeof identity.listRoles>> {
    return shown(await this.accounts.get(params.id), this.clock.now())
  }

  @Endpoint(identity.changeRoles)
  async change(
    @Member() { accountId: by }: MemberIdentity,
    @Input() { params, body }: ApiInput<typeof identity.changeRoles>,
  ): Promise<ApiAnswer<typeof identity.changeRoles>> {
    const wanted = body.roles.map(({ role, until }) => ({ role, until: until === null ? null : new Date(until) }))
    return shown(await this.changing.execute(params.id, wanted, { by, why: body.reason }), this.clock.now())
  }
}

const shown = (account: Account, now: Date) => ({
  accountId: account.id,
  items: staffGrantsOf(account, now).map(({ role, by, why, since, until }) => ({
    role,
    by,
    reason: why,
    since: since.toISOString(),
    until: until?.toISOString() ?? null,
  })),
})
