import { Module } from '@nestjs/common'
import { AccountsModule } from '../accounts/accounts.module.js'
import { LedgerModule } from '../ledger/ledger.module.js'
import { LedgerRows } from './ledger-rows.js'
import { MyLedgerController } from './my-ledger.controller.js'

@Module({ imports: [AccountsModule, LedgerModule], controllers: [MyLedgerController], providers: [LedgerRows] })
export class MyLedgerModule {}
