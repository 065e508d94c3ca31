import type { Holding } from '@mpics/contracts'
import { topicHoldings } from '@mpics/eventing'
import { logHolding } from './logging/log-holding.js'
import { metricHolding } from './operators/metric-holding.js'
import { traceHolding } from './telemetry/trace-holding.js'

/** The holdings besides the databases and buckets, whose entries are in each service's `PersonalData`. */
export const holdings: readonly Holding[] = [...topicHoldings, logHolding, traceHolding, metricHolding]
