import { Module } from '@nestjs/common'
import { DeliveryModule } from '../delivery/delivery.module.js'
import { LastMailRounds } from './last-mail-rounds.js'
import { SendLastMails } from './send-last-mails.js'

@Module({ imports: [DeliveryModule], providers: [LastMailRounds, SendLastMails], exports: [SendLastMails] })
export class LastMailsModule {}
