import { once } from 'node:events'
import { get, type IncomingHttpHeaders, type IncomingMessage } from 'node:http'
import { eventually } from '@mpics/testing'

/** Reads one stream as a client does, over a connection of its own. */
export class ReceivedStream {
  text = ''
  /** Its end arrived; false when the connection was cut off. */
  ended = false
  cutOff = false
  readonly status: number
  readonly headers: IncomingHttpHeaders

  private constructor(private readonly answer: IncomingMessage) {
    this.status = answer.statusCode!
    this.headers = answer.headers
    answer.setEncoding('utf8')
    answer.on('data', (text: string) => (this.text += text))
    answer.on('end', () => (this.ended = true))
    answer.on('error', () => (this.cutOff = true))
  }

  static async open(url: URL, headers: Record<string, string> = {}): Promise<ReceivedStream> {
    const [answer] = (await once(get(url, { headers, agent: false }), 'response')) as [IncomingMessage]
    return new ReceivedStream(answer)
  }

  has(text: string): Promise<boolean> {
    return eventually(() => this.text.includes(text))
  }

  /** However late; the events that end it refuse tokens too, and how soon `npm run attacks -- revocations` asserts. */
  hasEnded(): Promise<boolean> {
    return eventually(() => this.ended)
  }

  close(): void {
    this.answer.destroy()
  }
}
