import { Clock } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { AccountRepository } from '../accounts/account.repository.js'
import type { Account } from '../accounts/account.js'
import { changeRoles, heldRoles, type RoleChange, type RoleToHold } from '../roles/change-roles.js'
import { OwnRolesError } from '../roles/role.errors.js'

@Injectable()
export class ChangeStaffRoles {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly clock: Clock,
  ) {}

  async execute(accountId: string, wanted: readonly RoleToHold[], change: RoleChange): Promise<Account> {
    if (change.by === accountId) throw new OwnRolesError()
    return this.accounts.change(accountId, (account) => changeRoles(account, wanted, change, this.clock.now()))
  }

  grant(accountId: string, role: RoleToHold, change: RoleChange): Promise<Account> {
    return this.one(accountId, role.role, [role], change)
  }

  revoke(accountId: string, role: string, change: RoleChange): Promise<Account> {
    return this.one(accountId, role, [], change)
  }

  /** What they were at that version nobody knows any more. */
  endAll(accountId: string, rolesVersion: number, change: RoleChange): Promise<Account> {
    return this.accounts.change(accountId, (account) => {
      const known = { ...account, rolesVersion: Math.max(account.rolesVersion, rolesVersion) }
      return changeRoles(known, [], change, this.clock.now())
    })
  }

  private one(accountId: string, role: string, wanted: RoleToHold[], change: RoleChange): Promise<Account> {
    return this.accounts.change(accountId, (account) => {
      const now = this.clock.now()
      const others = heldRoles(account, now).filter((held) => held.role !== role)
      return changeRoles(account, [...others, ...wanted], change, now)
    })
  }
}
