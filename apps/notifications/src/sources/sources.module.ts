import { Module } from '@nestjs/common'
import { MailLinks } from './mail-links.js'
import { MailSources } from './mail-sources.js'
import { PolicyNotices } from './policy-notices.js'

@Module({ providers: [MailLinks, MailSources, PolicyNotices], exports: [MailLinks, MailSources] })
export class SourcesModule {}
