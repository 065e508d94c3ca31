import type { NestFastifyApplication } from '@nestjs/platform-fastify'
import { Health } from '../operators/health.js'
import { Metrics } from '../operators/metrics.js'
import type { InsideTls } from '../tls/inside-tls.js'

const WARN_SECONDS = 7 * 24 * 3600

/** Keeps the listener's certificate current, and shows how long it lasts and how many callers it kept out. */
export function secureListener(app: NestFastifyApplication, tls: InsideTls): void {
  if (!tls.endsAt) return
  const { server } = app.getHttpAdapter().getInstance()
  tls.follow(server)
  const metrics = app.get(Metrics)
  const refused = metrics.counter('tls_refused_total', 'Connections that ended in the handshake, such as without TLS.')
  server.on('tlsClientError', () => refused.inc())
  const left = () => ((tls.endsAt?.getTime() ?? 0) - Date.now()) / 1000
  metrics.gauge('tls_certificate_seconds', 'Time until the certificate ends.', left)
  app.get(Health).addReadiness('certificate', () => {
    if (left() < WARN_SECONDS) return `it ends at ${tls.endsAt?.toISOString()}: renew the files of INTERNAL_TLS_…`
  })
}
