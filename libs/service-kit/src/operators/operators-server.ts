import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Logger } from '@nestjs/common'
import type { Health, HealthReport } from './health.js'
import type { Metrics } from './metrics.js'
import type { OperatorOrders } from './operator-orders.js'
import type { ProjectionCalls } from './projection-calls.js'

/** Absent until the service is built: until then the process is alive and not ready. */
export interface Observed {
  health: Health
  metrics: Metrics
  projections: ProjectionCalls
  orders?: OperatorOrders
}

/** /healthz, /readyz, /metrics, /projections and /orders on a port of their own, up from the first moment of the process. */
export class OperatorsServer {
  private readonly logger = new Logger(OperatorsServer.name)
  private readonly server: Server
  private observed?: Observed
  private starting: HealthReport = { ok: false, checks: { service: 'starting' } }

  constructor() {
    this.server = createServer((request, response) => {
      this.answer(request, response).catch((err: unknown) => {
        this.logger.error({ err }, 'an operator was not answered')
        response.writeHead(500).end()
      })
    })
  }

  observe(observed: Observed): void {
    this.observed = observed
  }

  /** Tells an operator why the starting service is not ready. */
  waitFor(sentence: string): void {
    this.starting = { ok: false, checks: { service: `starting: ${sentence}` } }
  }

  async listen(port: number, host: string): Promise<number> {
    await new Promise<void>((resolve, reject) => this.server.once('error', reject).listen(port, host, resolve))
    return (this.server.address() as AddressInfo).port
  }

  async close(): Promise<void> {
    this.server.closeAllConnections()
    await new Promise((resolve) => this.server.close(resolve))
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = (request.url ?? '').split('?', 1)[0]!
    if (path === '/healthz') return send(response, (await this.observed?.health.live()) ?? { ok: true, checks: {} })
    if (path === '/readyz') return send(response, (await this.observed?.health.ready()) ?? this.starting)
    if (path === '/metrics' && this.observed) return this.sendMetrics(this.observed.metrics, response)
    if (path.startsWith('/projections') && this.observed) return this.observed.projections.answer(request, response)
    if (path.startsWith('/orders/') && this.observed?.orders) return this.observed.orders.answer(request, response)
    response.writeHead(404).end()
  }

  private async sendMetrics({ registry }: Metrics, response: ServerResponse): Promise<void> {
    const text = await registry.metrics()
    response.writeHead(200, { 'content-type': registry.contentType }).end(text)
  }
}

function send(response: ServerResponse, report: HealthReport): void {
  response.writeHead(report.ok ? 200 : 503, { 'content-type': 'application/json', 'cache-control': 'no-store' })
  response.end(JSON.stringify(report))
}
