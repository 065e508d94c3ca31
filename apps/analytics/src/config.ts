import { exportsConfig } from '@mpics/rights'
import { commonConfig, defineConfig } from '@mpics/service-kit'
import { z } from 'zod'

const unlessOff = z
  .enum(['true', 'false'])
  .default('true')
  .transform((value) => value === 'true')

export class AnalyticsConfig extends defineConfig({
  ...commonConfig,
  ...exportsConfig,
  ANALYTICS_VISITOR_KEY: z.string().min(32).meta({
    description:
      'at least 32 random characters; browser ids are hashed with it before they are counted. With another value every browser counts as a new one',
    secret: true,
  }),
  ANALYTICS_SHOW_COUNTS: unlessOff.meta({
    description: 'false: pages show no view counts (GET /v1/views is empty); counting goes on',
  }),
  ANALYTICS_COUNT_VIEWS: unlessOff.meta({
    description: 'false: page views are read and forgotten; counts stay as they are',
  }),
}) {}
