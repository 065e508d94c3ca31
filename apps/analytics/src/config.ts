import { ENDPOINT } from '@mpics/object-store'
import { exportsConfig } from '@mpics/rights'
import { commonConfig, defineConfig, httpsWire } from '@mpics/service-kit'
import { z } from 'zod'

const isOn = (value: string) => value === 'true'
const unlessOff = z.enum(['true', 'false']).default('true').transform(isOn)
const ifOn = z.enum(['true', 'false']).default('false').transform(isOn)

export class AnalyticsConfig extends defineConfig({
  ...commonConfig,
  ...exportsConfig,
  ANALYTICS_VISITOR_KEY: z.string().min(32).meta({
    description:
      'at least 32 random characters; browser ids are hashed with it before they are counted. With another value every browser counts as a new one',
    secret: true,
  }),
  ANALYTICS_SHOW_COUNTS: unlessOff.meta({
    description: 'false: nobody but analysts and operators is shown counts (GET /v1/views is empty); counting goes on',
  }),
  ANALYTICS_COUNT_VIEWS: unlessOff.meta({
    description: 'false: page views are read and forgotten; counts stay as they are',
  }),
  ANALYTICS_S3_ENDPOINT: z
    .url(ENDPOINT)
    .meta({ description: 'the object store of the lake, without a bucket', wire: httpsWire }),
  ANALYTICS_S3_REGION: z.string().min(1).default('us-east-1').meta({ description: 'its region' }),
  ANALYTICS_S3_ACCESS_KEY: z.string().min(1).meta({
    description: 'access key for it, which lists, writes and removes, and reads nothing',
    secret: true,
  }),
  ANALYTICS_S3_SECRET_KEY: z.string().min(1).meta({ description: 'secret key that belongs to it', secret: true }),
  ANALYTICS_S3_BUCKET: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/, '3 to 63 small letters, digits and hyphens')
    .default('million-pictures-lake')
    .meta({ description: 'bucket of the lake: closed hours as Parquet, for analysts; made if it is missing' }),
  ANALYTICS_LAKE_VIEWS: ifOn.meta({
    description:
      'true: the lake has the single views of closed hours, too, for 30 days. After false no more come, and what is there ends with its time',
  }),
}) {}
