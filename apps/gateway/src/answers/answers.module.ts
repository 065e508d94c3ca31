import { Module } from '@nestjs/common'
import { ChangingAccounts } from './changing-accounts.js'
import { PublicAnswers } from './public-answers.js'

@Module({ providers: [ChangingAccounts, PublicAnswers], exports: [ChangingAccounts, PublicAnswers] })
export class AnswersModule {}
