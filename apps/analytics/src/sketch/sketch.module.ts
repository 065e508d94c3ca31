import { Module } from '@nestjs/common'
import { VisitorHash } from './visitor-hash.js'

@Module({ providers: [VisitorHash], exports: [VisitorHash] })
export class SketchModule {}
