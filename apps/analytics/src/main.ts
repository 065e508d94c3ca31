import { start } from '@mpics/service-kit'
import { AnalyticsModule } from './analytics.module.js'
import { AnalyticsConfig } from './config.js'

await start(AnalyticsModule, AnalyticsConfig)
