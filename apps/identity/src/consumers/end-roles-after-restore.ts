import { type Envelope, identity } from '@mpics/contracts'
import { EventConsumer, On } from '@mpics/eventing'
import { Restores } from '@mpics/mongo'
import { AccountRepository } from '../accounts/account.repository.js'
import { ChangeStaffRoles } from '../staff/change-staff-roles.js'

const CHANGE = { by: 'mpics:restore', why: 'roles were changed before a restore, which has lost how' }

/** The fact does not say which roles were taken away: those of before end, and whoever should have some is granted them again. */
@EventConsumer()
export class EndRolesAfterRestore {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly roles: ChangeStaffRoles,
    private readonly restores: Restores,
  ) {}

  @On(identity.rolesChanged, { idempotence: 'once', ofLost: true })
  async handle({ time, data }: Envelope<typeof identity.rolesChanged>): Promise<void> {
    const { accountId, rolesVersion } = data
    const changedAt = new Date(time)
    if (!this.restores.isLost(changedAt) || !(await this.accounts.find(accountId))) return
    await this.roles.endBefore(accountId, { changedAt, rolesVersion }, CHANGE)
  }
}
