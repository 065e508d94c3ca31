import { Module } from '@nestjs/common'
import { PublicAnswers } from './public-answers.js'

@Module({ providers: [PublicAnswers], exports: [PublicAnswers] })
export class AnswersModule {}
