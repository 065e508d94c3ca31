import { Global, Module } from '@nestjs/common'
import { MissingParts } from './missing-parts.js'

/** Global, since every folder that asks services has failures to tell of. */
@Global()
@Module({ providers: [MissingParts], exports: [MissingParts] })
export class FailuresModule {}
