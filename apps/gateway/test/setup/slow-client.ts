import { connect, type Socket } from 'node:net'
import { once } from 'node:events'

/** A client that sends what it is told to, and reads only when it is told to. */
export class SlowClient {
  text = ''
  closed = false

  private constructor(private readonly socket: Socket) {
    socket.on('error', () => undefined).on('close', () => (this.closed = true))
  }

  static async connect(url: string, head: string, address: string): Promise<SlowClient> {
    const socket = connect(Number(new URL(url).port), '127.0.0.1')
    await once(socket, 'connect')
    const client = new SlowClient(socket)
    const [first, ...rest] = head.split('\n')
    const lines = [first!, 'Host: site', `X-Forwarded-For: ${address}`, ...rest]
    client.send(`${lines.join('\r\n')}\r\n\r\n`)
    return client
  }

  send(text: string): void {
    if (!this.socket.destroyed) this.socket.write(text)
  }

  read(): this {
    this.socket.on('data', (chunk) => (this.text += chunk.toString('latin1')))
    return this
  }

  leave(): void {
    this.socket.destroy()
  }
}
