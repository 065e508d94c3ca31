import { roles } from '@mpics/contracts'
import { Clock, OperatorOrders } from '@mpics/service-kit'
import { Injectable, type OnModuleInit } from '@nestjs/common'
import { z } from 'zod'
import type { Account } from '../accounts/account.js'
import { AccountRepository } from '../accounts/account.repository.js'
import { ChangeStaffRoles } from '../staff/change-staff-roles.js'
import { accountNamed } from './account-named.js'
import { shownAccount } from './shown-account.js'

const account = z.string().max(64)
const role = roles.strict.exclude(['member'])
const why = z.string().min(1).max(300)
const until = z.iso.datetime().nullable().default(null)

/** What operators order at the command line, with the cluster's credentials: the first operator is made here. */
@Injectable()
export class AccountOrders implements OnModuleInit {
  constructor(
    private readonly orders: OperatorOrders,
    private readonly accounts: AccountRepository,
    private readonly staff: ChangeStaffRoles,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.orders.register({
      name: 'show-account',
      body: z.strictObject({ account, personal: z.boolean().default(false) }),
      perform: async (order) => this.shown(await accountNamed(this.accounts, order.account), order.personal),
    })
    this.orders.register({
      name: 'grant-role',
      body: z.strictObject({ account, role, until, why }),
      perform: (order, by) => this.grant(order, by),
    })
    this.orders.register({
      name: 'revoke-role',
      body: z.strictObject({ account, role, why }),
      perform: (order, by) => this.revoke(order, by),
    })
  }

  private async grant(order: { account: string; role: string; until: string | null; why: string }, by: string) {
    const { id } = await accountNamed(this.accounts, order.account)
    const until = order.until === null ? null : new Date(order.until)
    return this.shown(await this.staff.grant(id, { role: order.role, until }, { by: `mpics:${by}`, why: order.why }))
  }

  private async revoke(order: { account: string; role: string; why: string }, by: string) {
    const { id } = await accountNamed(this.accounts, order.account)
    return this.shown(await this.staff.revoke(id, order.role, { by: `mpics:${by}`, why: order.why }))
  }

  private shown(found: Account, personal = false): object {
    return shownAccount(found, this.clock.now(), personal)
  }
}
