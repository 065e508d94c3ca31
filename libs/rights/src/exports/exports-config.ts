import { ENDPOINT } from '@mpics/object-store'
import { httpsWire } from '@mpics/service-kit'
import { z } from 'zod'

/** Variables of every service that writes a part of an export. */
export const exportsConfig = {
  EXPORTS_S3_ENDPOINT: z
    .url(ENDPOINT)
    .meta({ description: 'the object store of the exports, without a bucket', wire: httpsWire }),
  EXPORTS_S3_REGION: z.string().min(1).default('us-east-1').meta({ description: 'its region' }),
  EXPORTS_S3_ACCESS_KEY: z.string().min(1).meta({
    description:
      'access key of this service for it: identity reads, writes and removes all, the others only write under `parts/<service>/`',
    secret: true,
  }),
  EXPORTS_S3_SECRET_KEY: z.string().min(1).meta({ description: 'secret key that belongs to it', secret: true }),
  EXPORTS_S3_BUCKET: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/, '3 to 63 small letters, digits and hyphens')
    .default('million-pictures-exports')
    .meta({
      description:
        'bucket of the exports, apart from that of the photos; identity makes it with the first export, and logs then what the store refuses',
    }),
}

export type ExportsConfig = z.output<z.ZodObject<typeof exportsConfig>>
