import type { NestFastifyApplication } from '@nestjs/platform-fastify'
import { Metrics } from '../operators/metrics.js'
import type { InsideTls } from '../tls/inside-tls.js'

/** Keeps the listener's certificates current, and shows how long they last and how many callers they kept out. */
export function secureListener(app: NestFastifyApplication, tls: InsideTls): void {
  if (!tls.endsAt) return
  const metrics = app.get(Metrics)
  const { server } = app.getHttpAdapter().getInstance()
  const refused = metrics.counter('tls_refused_total', 'Connections that ended in the handshake, such as without TLS.')
  tls.follow(server)
  server.on('tlsClientError', () => refused.inc())
  metrics.gauge('tls_certificate_seconds', 'Time until the certificate ends.', () =>
    tls.endsAt ? (tls.endsAt.getTime() - Date.now()) / 1000 : 0,
  )
}
