import { EventEmitter, once } from 'node:events'
import { io, type Socket } from 'socket.io-client'

interface Announced {
  to: { address: string }[]
  subject: string
}

/** Hears of each mail when the sink has it: asking again and again would use the processors that the mail waits for. */
export class AnnouncedMails {
  private readonly mails = new EventEmitter()

  private constructor(private readonly socket: Socket) {
    socket.on('newMail', ({ to, subject }: Announced) => {
      for (const { address } of to) this.mails.emit(address, subject)
    })
  }

  static async of(sink: string): Promise<AnnouncedMails> {
    const socket = io(sink, { transports: ['websocket'] })
    const connected = new Promise<void>((resolve, reject) =>
      socket.once('connect', resolve).once('connect_error', reject),
    )
    await connected.catch((error: unknown) => {
      socket.close()
      throw error
    })
    return new AnnouncedMails(socket)
  }

  /** Resolves to the subject of the next mail to that address; one that came before this was called is none. */
  async next(address: string): Promise<string> {
    const [subject] = (await once(this.mails, address, { signal: AbortSignal.timeout(120_000) })) as [string]
    return subject
  }

  stop(): void {
    this.socket.close()
  }
}
