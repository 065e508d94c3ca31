import { Module } from '@nestjs/common'
import { DeliveryBell } from './delivery-bell.js'
import { DueEmailRepository } from './due-email.repository.js'
import { EmailRepository } from './email.repository.js'
import { MailsController } from './mails.controller.js'
import { QueueEmail } from './queue-email.js'

@Module({
  controllers: [MailsController],
  providers: [EmailRepository, DueEmailRepository, DeliveryBell, QueueEmail],
  exports: [EmailRepository, DueEmailRepository, DeliveryBell, QueueEmail],
})
export class EmailsModule {}
