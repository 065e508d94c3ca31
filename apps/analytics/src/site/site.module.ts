import { Module } from '@nestjs/common'
import { SiteTrafficRepository } from './site-traffic.repository.js'

@Module({ providers: [SiteTrafficRepository], exports: [SiteTrafficRepository] })
export class SiteModule {}
