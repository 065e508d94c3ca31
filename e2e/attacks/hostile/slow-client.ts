import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

export interface SlowRequest {
  method: string
  path: string
  headers: Record<string, string>
}

export class SlowClient {
  private timer?: NodeJS.Timeout

  private constructor(private readonly socket: Socket) {
    const end = () => clearInterval(this.timer)
    socket.on('error', end).on('close', end).on('end', end)
  }

  static async open(url: string, { method, path, headers }: SlowRequest): Promise<SlowClient> {
    const { hostname, port, host } = new URL(url)
    const socket = connect(Number(port), hostname)
    const client = new SlowClient(socket)
    await once(socket, 'connect')
    const lines = Object.entries({ host, ...headers }).map(([name, value]) => `${name}: ${value}\r\n`)
    socket.write(`${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n`)
    return client
  }

  idle(): this {
    this.socket.pause()
    return this
  }

  /** Sends the beginning of a body, then one byte each time; reads what it is answered. */
  trickle(beginning: string, everyMs: number): this {
    this.socket.resume()
    this.socket.write(beginning)
    this.timer = setInterval(() => void this.socket.write('x'), everyMs)
    return this
  }

  leave(): void {
    clearInterval(this.timer)
    this.socket.destroy()
  }
}
