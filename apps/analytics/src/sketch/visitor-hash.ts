import { hash } from 'node:crypto'
import { Injectable } from '@nestjs/common'
import { AnalyticsConfig } from '../config.js'
import { placeOf } from './hyperloglog.js'

/**
 * Turns a browser id into what a sketch takes. Keyed, so that nobody outside can make up ids that bend a count (Paterson,
 * Raynal: "HyperLogLog: Exponentially Bad in Adversarial Settings", 2021), nor test whether an id is in a sketch (Desfontaines
 * et al.: "Cardinality Estimators do not Preserve Privacy", 2018).
 */
@Injectable()
export class VisitorHash {
  constructor(private readonly config: AnalyticsConfig) {}

  placeOf(browserId: string): number {
    return placeOf(hash('sha256', `${this.config.ANALYTICS_VISITOR_KEY}:${browserId}`, 'binary'))
  }

  /** Names a browser within one day: the views of two days cannot be laid side by side. */
  onDay(browserId: string, day: string): string {
    return hash('sha256', `${this.config.ANALYTICS_VISITOR_KEY}:${day}:${browserId}`, 'base64url').slice(0, 12)
  }
}
