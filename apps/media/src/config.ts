import { ENDPOINT } from '@mpics/object-store'
import { exportsConfig } from '@mpics/rights'
import { commonConfig, defineConfig, httpsWire, overlappingSecret, peerUrlsOf } from '@mpics/service-kit'
import { z } from 'zod'

const count = (standard: number, most: number) => z.coerce.number().int().min(1).max(most).default(standard)

export class MediaConfig extends defineConfig({
  ...commonConfig,
  ...exportsConfig,
  ...peerUrlsOf('media'),
  MEDIA_S3_ENDPOINT: z
    .url(ENDPOINT)
    .meta({ description: 'the object store, without a bucket: https://s3.example.org', wire: httpsWire }),
  MEDIA_S3_REGION: z.string().min(1).default('us-east-1').meta({ description: 'its region' }),
  MEDIA_S3_ACCESS_KEY: z.string().min(1).meta({ description: 'access key for the object store', secret: true }),
  MEDIA_S3_SECRET_KEY: z.string().min(1).meta({ description: 'secret key for the object store', secret: true }),
  MEDIA_S3_BUCKET: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/, '3 to 63 small letters, digits and hyphens')
    .default('million-pictures')
    .meta({ description: 'bucket of the photos; made at the start if it is missing' }),
  MEDIA_LINK_KEY: overlappingSecret().meta({
    description:
      'at least 32 random characters; signs the expiring links of photos that not everybody may see. Others may follow after a comma, and still count',
    secret: true,
  }),
  MEDIA_UPLOADS_CONCURRENCY: count(16, 1000).meta({
    description: 'uploads that a replica receives at the same time; each holds about 10 MB',
  }),
  MEDIA_UPLOADS_PER_ACCOUNT: count(4, 1000).meta({
    description: 'uploads of one account that a replica receives at the same time',
  }),
  MEDIA_UPLOADS_PER_DAY: count(1000, 1_000_000).meta({ description: 'photos that one account may upload in 24 hours' }),
  MEDIA_DECODER_PROCESSES: z.coerce.number().int().min(1).max(64).optional().meta({
    description:
      'large pictures, and as many small ones, that a replica decodes at the same time; unset: one for each core',
  }),
  MEDIA_DECODER_SECONDS: count(60, 600).meta({
    description:
      'of CPU, after which the process that decodes a large picture is ended; by the clock, four times as many',
  }),
  MEDIA_DECODER_MEMORY_MB: count(1100, 8192).meta({
    description:
      'above which the process that decodes a large picture is ended; 50 megapixels need 1000 as AVIF, 750 as WebP, 550 as JPEG',
  }),
  MEDIA_DECODER_CONFINED: z.enum(['true', 'false']).default('true').meta({
    description: 'the kernel keeps decoding processes from network, files and other processes; needs Linux and Perl',
  }),
}) {}

/** The environment of a process that reads strangers' files: nothing of ours. From sources it runs with the test's loader. */
export const decoderEnvironment = (extension: string, folder: string): NodeJS.ProcessEnv => ({
  TMPDIR: folder,
  LD_LIBRARY_PATH: process.env['LD_LIBRARY_PATH'],
  ...(extension === '.ts' && { NODE_OPTIONS: process.env['NODE_OPTIONS'] }),
  // An arena of glibc never shrinks; with two, the process stays small.
  MALLOC_ARENA_MAX: '2',
})
