import { Module } from '@nestjs/common'
import { MailboxRepository } from './mailbox.repository.js'

@Module({ providers: [MailboxRepository], exports: [MailboxRepository] })
export class MailboxesModule {}
