import type { AddressInfo, Socket } from 'node:net'
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server'

export interface Received {
  from: string
  to: string[]
  messageId: string
  raw: string
  at: number
}

/** The server treats one mail so: `drop` takes it and dies before it says so; `hang` never says anything. */
export type Behaviour = 'accept' | 'drop' | 'hang' | { refuse: 'RCPT' | 'DATA' | 'MAIL'; reply: `${number} ${string}` }

/** A mail server that follows a script, one line a mail, and accepts when the script has ended. */
export class ScriptedMailServer {
  readonly received: Received[] = []
  readonly script: Behaviour[] = []
  private current: Behaviour = 'accept'
  private readonly sockets = new Map<string, Socket>()
  private readonly server: SMTPServer

  private constructor(hideSMTPUTF8: boolean) {
    this.server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS', 'AUTH'],
      disableReverseLookup: true,
      hideSMTPUTF8,
      // else each connection does 22 mails a second
      ...{ noDelay: true },
      onMailFrom: (_, __, done) => {
        this.current = this.script.shift() ?? 'accept'
        done(this.refusal('MAIL'))
      },
      onRcptTo: (_, __, done) => done(this.refusal('RCPT')),
      onData: (stream, session, done) => this.take(stream, session, done),
    })
  }

  static async listen({ hideSMTPUTF8 = false } = {}): Promise<ScriptedMailServer> {
    const it = new ScriptedMailServer(hideSMTPUTF8)
    it.server.server.on('connection', (socket) => it.sockets.set(`${socket.remotePort}`, socket))
    it.server.on('error', () => undefined)
    await new Promise<void>((resolve) => it.server.listen(0, '127.0.0.1', () => resolve()))
    return it
  }

  /** Time-outs short enough to wait for. */
  get url(): string {
    return `${this.patientUrl}?socketTimeout=700`
  }

  /** For tests that end a mail that hangs by themselves. */
  get patientUrl(): string {
    const { port } = this.server.server.address() as AddressInfo
    return `smtp://127.0.0.1:${port}`
  }

  to(address: string): Received[] {
    return this.received.filter((mail) => mail.to.includes(address))
  }

  cut(): void {
    for (const socket of this.sockets.values()) socket.destroy()
  }

  async close(): Promise<void> {
    this.cut()
    await new Promise<void>((resolve) => this.server.close(() => resolve()))
  }

  private refusal(at: 'RCPT' | 'DATA' | 'MAIL'): Error | null {
    if (typeof this.current !== 'object' || this.current.refuse !== at) return null
    const [code, ...text] = this.current.reply.split(' ')
    return Object.assign(new Error(text.join(' ')), { responseCode: Number(code) })
  }

  private take(stream: SMTPServerDataStream, session: SMTPServerSession, done: (error?: Error | null) => void): void {
    const chunks: Buffer[] = []
    stream.on('data', (chunk: Buffer) => chunks.push(chunk))
    stream.on('end', () => {
      const refusal = this.refusal('DATA')
      if (refusal) return done(refusal)
      this.received.push(receivedOf(Buffer.concat(chunks).toString(), session))
      if (this.current === 'drop') return this.sockets.get(`${session.remotePort}`)?.destroy()
      if (this.current !== 'hang') done()
    })
  }
}

function receivedOf(raw: string, { envelope }: SMTPServerSession): Received {
  return {
    from: envelope.mailFrom ? envelope.mailFrom.address : '',
    to: envelope.rcptTo.map(({ address }) => address),
    messageId: /^Message-ID: (.+)$/im.exec(raw)?.[1]?.trim() ?? '',
    raw,
    at: Date.now(),
  }
}
