import { Module } from '@nestjs/common'
import { MailSources } from './mail-sources.js'

@Module({ providers: [MailSources], exports: [MailSources] })
export class SourcesModule {}
