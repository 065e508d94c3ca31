import { Module } from '@nestjs/common'
import { Limits } from './limits.js'
import { Transfers } from './transfers.js'

@Module({ providers: [Limits, Transfers], exports: [Limits, Transfers] })
export class LimitsModule {}
