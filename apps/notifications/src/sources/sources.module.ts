import { Module } from '@nestjs/common'
import { MailSources } from './mail-sources.js'
import { PolicyNotices } from './policy-notices.js'

@Module({ providers: [MailSources, PolicyNotices], exports: [MailSources] })
export class SourcesModule {}
