import { commonConfig, defineConfig } from '@mpics/service-kit'
import { z } from 'zod'

const onOff = z
  .enum(['on', 'off'])
  .default('on')
  .transform((value) => value === 'on')

export class AnalyticsConfig extends defineConfig({
  ...commonConfig,
  ANALYTICS_SKETCH_KEY: z.string().min(32).meta({
    description:
      'at least 32 random characters; browser ids are hashed with it before they are counted. With another value every browser counts as a new one',
    secret: true,
  }),
  ANALYTICS_COUNT_VIEWS: onOff.meta({ description: 'off: page views are read and not counted' }),
  ANALYTICS_SHOW_VIEWS: onOff.meta({ description: 'off: GET /v1/views names no page; counting goes on' }),
}) {}
