import { once } from 'node:events'
import http from 'node:http'
import https from 'node:https'
import { impatient } from './s3-client.js'
import { ObjectMissingError, StorageUnavailableError } from './storage.errors.js'

const SOCKETS = 16
const SILENT_MS = 15_000

/** Reads objects of buckets to which this service has no credentials, by links that their owner signed. */
export class SignedObjects {
  private readonly agents: { http: http.Agent; https: https.Agent }

  constructor(
    private readonly service: string,
    ca?: string[],
  ) {
    const options = { keepAlive: true, maxSockets: SOCKETS }
    this.agents = { http: new http.Agent(options), https: new https.Agent({ ...options, ca }) }
  }

  /** Its headers say of which type it was stored. */
  async open(link: string): Promise<http.IncomingMessage> {
    const answer = await this.answerOf(new URL(link)).catch((error: unknown) => {
      throw new StorageUnavailableError(this.service, error)
    })
    if (answer.statusCode === 200) return answer
    answer.resume()
    if (answer.statusCode === 404) throw new ObjectMissingError(this.service, 'a signed link')
    throw new StorageUnavailableError(this.service, new Error(`a signed link was answered ${answer.statusCode}`))
  }

  private async answerOf(link: URL): Promise<http.IncomingMessage> {
    const isSecure = link.protocol === 'https:'
    const agent = isSecure ? this.agents.https : this.agents.http
    const { hostname, port, pathname, search } = link
    const ask = impatient((isSecure ? https : http).request, SILENT_MS)
    const request = ask({ agent, hostname, port, path: pathname + search })
    request.end()
    const [answer] = (await once(request, 'response')) as [http.IncomingMessage]
    return answer
  }
}
