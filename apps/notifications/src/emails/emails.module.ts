import { Module } from '@nestjs/common'
import { WakeSignal } from './wake-signal.js'
import { DueEmailRepository } from './due-email.repository.js'
import { EmailRepository } from './email.repository.js'
import { EmailsController } from './emails.controller.js'
import { QueueEmail } from './queue-email.js'

@Module({
  controllers: [EmailsController],
  providers: [EmailRepository, DueEmailRepository, WakeSignal, QueueEmail],
  exports: [EmailRepository, DueEmailRepository, WakeSignal, QueueEmail],
})
export class EmailsModule {}
