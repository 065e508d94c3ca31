import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'

const MIB = 1024 * 1024
const LARGE_BYTES = 64 * MIB
const CHUNK = Buffer.alloc(MIB)

/** A service of large pictures, small ones, and uploads, which it reads as they come. */
export class LargePictures {
  open = 0
  /** The paths that were asked for, in order. */
  readonly asked: string[] = []

  private constructor(private readonly server: Server) {}

  static async listen(): Promise<LargePictures> {
    const server = createServer((request, response) => {
      service.open++
      service.asked.push(request.url!)
      response.once('close', () => service.open--)
      request.on('error', () => undefined).resume()
      if (request.method === 'POST') return void request.once('end', () => response.writeHead(202).end('{}'))
      response.setHeader('content-type', 'image/jpeg')
      if (!request.url?.includes('/large')) return void response.end('small')
      response.setHeader('content-length', LARGE_BYTES)
      Readable.from(chunks())
        .on('error', () => undefined)
        .pipe(response)
    }).listen(0, '127.0.0.1')
    const service = new LargePictures(server)
    await once(server, 'listening')
    return service
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections()
    await new Promise((resolve) => this.server.close(resolve))
  }
}

function* chunks() {
  for (let sent = 0; sent < LARGE_BYTES; sent += MIB) yield CHUNK
}
