import { Module } from '@nestjs/common'
import { DecoderPool } from './decoder-pool.js'

@Module({
  providers: [DecoderPool],
  exports: [DecoderPool],
})
export class DecodingModule {}
