import { Module } from '@nestjs/common'
import { AccountsModule } from '../accounts/accounts.module.js'
import { ErasuresModule } from '../erasures/erasures.module.js'
import { LedgerModule } from '../ledger/ledger.module.js'
import { LedgerRootsModule } from '../ledger-roots/ledger-roots.module.js'
import { LocksModule } from '../locks/locks.module.js'
import { SessionsModule } from '../sessions/sessions.module.js'
import { StaffModule } from '../staff/staff.module.js'
import { AccountOrders } from './account-orders.js'
import { ErasureReports } from './erasure-reports.js'
import { LedgerOrders } from './ledger-orders.js'
import { LockOrders } from './lock-orders.js'
import { SessionOrders } from './session-orders.js'

@Module({
  imports: [AccountsModule, ErasuresModule, LedgerModule, LedgerRootsModule, LocksModule, SessionsModule, StaffModule],
  providers: [AccountOrders, ErasureReports, LedgerOrders, LockOrders, SessionOrders],
})
export class OperationsModule {}
