import { Module } from '@nestjs/common'
import { RetiredHandles } from './retired-handles.repository.js'

@Module({ providers: [RetiredHandles], exports: [RetiredHandles] })
export class RetiredHandlesModule {}
