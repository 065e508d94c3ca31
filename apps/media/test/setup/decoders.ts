import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Metrics } from '@mpics/service-kit'
import type { MediaConfig } from '../../src/config.js'
import { DecoderPool } from '../../src/decoding/decoder-pool.js'

export function runSources(): void {
  process.env['NODE_OPTIONS'] = `--import ${pathToFileURL(join(__dirname, 'type-stripping.mjs')).href}`
}

export const openDecoders = (seconds: number, memoryMb: number): DecoderPool =>
  new DecoderPool(
    {
      MEDIA_DECODER_PROCESSES: 1,
      MEDIA_DECODER_SECONDS: seconds,
      MEDIA_DECODER_MEMORY_MB: memoryMb,
      MEDIA_DECODER_CONFINED: 'true',
    } as MediaConfig,
    new Metrics(),
  )
