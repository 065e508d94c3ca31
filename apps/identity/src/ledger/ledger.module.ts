import { Module } from '@nestjs/common'
import { EraseLedger } from './erase-ledger.js'
import { ErasedLedgerRepository } from './erased-ledger.repository.js'
import { Ledger } from './ledger.js'
import { LedgerRepository } from './ledger.repository.js'
import { LedgerSignatures } from './ledger-signatures.js'
import { ReceiptKeysController } from './receipt-keys.controller.js'

@Module({
  controllers: [ReceiptKeysController],
  providers: [EraseLedger, ErasedLedgerRepository, Ledger, LedgerRepository, LedgerSignatures],
  exports: [ErasedLedgerRepository, Ledger, LedgerRepository, LedgerSignatures],
})
export class LedgerModule {}
