import http from 'node:http'
import https from 'node:https'
import type { Client } from 'minio'

/** A bucket and who asks; `service` is the first word of the codes of errors. */
export interface ObjectStoreAccess {
  service: string
  endpoint: string
  region: string
  accessKey: string
  secretKey: string
  bucket: string
  ca?: string[]
}

export interface S3Limits {
  sockets: number
  silentMs: number
}

/** A minio client whose waits all end, and which leaves retries and logging to us. Loads minio (8 MB) only in a service that stores something. */
export async function connectS3(access: ObjectStoreAccess, { sockets, silentMs }: S3Limits): Promise<Client> {
  const { Client } = await import('minio')
  const { protocol, hostname, port } = new URL(access.endpoint)
  const web = protocol === 'https:' ? https : http
  return new Client({
    endPoint: hostname,
    useSSL: web === https,
    ...(port && { port: Number(port) }),
    region: access.region,
    accessKey: access.accessKey,
    secretKey: access.secretKey,
    pathStyle: true,
    retryOptions: { disableRetry: true },
    transport: { request: impatient(web.request, silentMs) as typeof http.request },
    transportAgent: new web.Agent({ keepAlive: true, maxSockets: sockets, ca: access.ca }),
  })
}

type Request = (options: http.RequestOptions, answered?: (response: http.IncomingMessage) => void) => http.ClientRequest

/** The clock of a request begins with it: a connection that it waits for is part of the store's silence. */
export const impatient =
  (request: Request, silentMs: number): Request =>
  (options, answered) => {
    const made = request(options, answered)
    const giveUp = () => void made.destroy(new Error(`the object store was silent for ${silentMs} ms`))
    const unconnected = setTimeout(giveUp, silentMs)
    const connected = () => clearTimeout(unconnected)
    made.once('socket', connected).once('close', connected)
    return made.setTimeout(silentMs, giveUp)
  }
