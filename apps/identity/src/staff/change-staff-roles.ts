import { Clock } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { AccountRepository } from '../accounts/account.repository.js'
import type { Account } from '../accounts/account.js'
import { changeRoles, endRolesBefore, heldRoles, type RoleChange, type RoleToHold } from '../roles/change-roles.js'
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

  /** What they became at `changedAt` nobody knows any more; those that were granted since stay. Versions go on behind the lost one. */
  endBefore(accountId: string, lost: { changedAt: Date; rolesVersion: number }, change: RoleChange): Promise<Account> {
    return this.accounts.change(accountId, (account) => endRolesBefore(account, lost, change, this.clock.now()))
  }

  private one(accountId: string, role: string, wanted: RoleToHold[], change: RoleChange): Promise<Account> {
    return this.accounts.change(accountId, (account) => {
      const now = this.clock.now()
      const others = heldRoles(account, now).filter((held) => held.role !== role)
      return changeRoles(account, [...others, ...wanted], change, now)
    })
  }
}
