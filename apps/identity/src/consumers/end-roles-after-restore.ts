import { type Envelope, identity } from '@mpics/contracts'
import { EventConsumer, On } from '@mpics/eventing'
import { AccountRepository } from '../accounts/account.repository.js'
import { ChangeStaffRoles } from '../staff/change-staff-roles.js'
import { again } from './again.js'

const CHANGE = { by: 'mpics:restore', why: 'roles were changed before a restore, which has lost how' }

/** The fact does not say which roles were taken away: those of before end, and whoever should have some is granted them again. */
@EventConsumer()
export class EndRolesAfterRestore {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly roles: ChangeStaffRoles,
  ) {}

  @On(identity.rolesChanged, again)
  async handle({ time, data }: Envelope<typeof identity.rolesChanged>): Promise<void> {
    const { accountId, rolesVersion } = data
    if (await this.accounts.find(accountId))
      await this.roles.endBefore(accountId, { changedAt: new Date(time), rolesVersion }, CHANGE)
  }
}
