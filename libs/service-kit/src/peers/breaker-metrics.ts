import { Injectable } from '@nestjs/common'
import { Metrics } from '../operators/metrics.js'
import { Peers } from './peers.js'

@Injectable()
export class BreakerMetrics {
  constructor(peers: Peers, metrics: Metrics) {
    metrics.gauge('peer_breakers_open', 'Calls to other services that are refused at once, as too many failed.', () =>
      peers.openBreakers(),
    )
  }
}
