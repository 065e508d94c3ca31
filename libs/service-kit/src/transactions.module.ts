import { AbandonedTransactions, Transactions } from '@mpics/eventing'
import { Module } from '@nestjs/common'
import { EndAbandonedTransactions } from './end-abandoned-transactions.js'

/** For a module that makes transactions, be it `Transactions` or one on the connection. */
@Module({
  providers: [AbandonedTransactions, EndAbandonedTransactions, Transactions],
  exports: [Transactions],
})
export class TransactionsModule {}
