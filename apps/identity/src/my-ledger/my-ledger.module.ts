import { Module } from '@nestjs/common'
import { AccountsModule } from '../accounts/accounts.module.js'
import { ConsentsModule } from '../consents/consents.module.js'
import { LedgerRows } from './ledger-rows.js'
import { MyLedgerController } from './my-ledger.controller.js'

@Module({ imports: [AccountsModule, ConsentsModule], controllers: [MyLedgerController], providers: [LedgerRows] })
export class MyLedgerModule {}
