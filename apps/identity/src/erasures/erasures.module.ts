import { Module } from '@nestjs/common'
import { AccountsModule } from '../accounts/accounts.module.js'
import { ClosuresModule } from '../closures/closures.module.js'
import { KeysModule } from '../keys/keys.module.js'
import { RetiredHandlesModule } from '../retired-handles/retired-handles.module.js'
import { Addressees } from './addressees.js'
import { BeginErasure } from './begin-erasure.js'
import { EraseDueAccounts } from './erase-due-accounts.js'
import { ErasureMetrics } from './erasure-metrics.js'
import { ErasureReceipts } from './erasure-receipts.js'
import { ErasureRepository } from './erasure.repository.js'
import { ForgetAddresses } from './forget-addresses.js'
import { LastMails } from './last-mails.js'
import { NotePart } from './note-part.js'
import { OpenErasure } from './open-erasure.js'

@Module({
  imports: [AccountsModule, ClosuresModule, KeysModule, RetiredHandlesModule],
  providers: [
    Addressees,
    BeginErasure,
    EraseDueAccounts,
    ErasureMetrics,
    ErasureReceipts,
    ErasureRepository,
    ForgetAddresses,
    LastMails,
    NotePart,
    OpenErasure,
  ],
  exports: [ErasureRepository, LastMails, NotePart],
})
export class ErasuresModule {}
