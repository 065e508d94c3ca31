import http from 'node:http'
import https from 'node:https'
import { clientCertificates } from '@mpics/service-kit'
import { Client } from 'minio'
import type { MediaConfig } from '../config.js'

const IDLE_MS = 15_000

/** A minio client whose waits all end, and which leaves retries and logging to us. */
export function connectS3(config: MediaConfig): Client {
  const { protocol, hostname, port } = new URL(config.MEDIA_S3_ENDPOINT)
  const web = protocol === 'https:' ? https : http
  return new Client({
    endPoint: hostname,
    useSSL: web === https,
    ...(port && { port: Number(port) }),
    region: config.MEDIA_S3_REGION,
    accessKey: config.MEDIA_S3_ACCESS_KEY,
    secretKey: config.MEDIA_S3_SECRET_KEY,
    pathStyle: true,
    retryOptions: { disableRetry: true },
    transport: { request: impatient(web.request) as typeof http.request },
    transportAgent: new web.Agent({ keepAlive: true, maxSockets: 64, ca: clientCertificates(config)?.ca }),
  })
}

type Request = (options: http.RequestOptions, answered?: (response: http.IncomingMessage) => void) => http.ClientRequest

const impatient =
  (request: Request): Request =>
  (options, answered) => {
    const made = request(options, answered)
    return made.setTimeout(IDLE_MS, () => made.destroy(new Error(`the object store was silent for ${IDLE_MS} ms`)))
  }
