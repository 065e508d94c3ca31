import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** An attribute of a span, of its events or of the process; only texts have a value here. */
interface Attribute {
  service: string
  key: string
  value: string
}

/** Takes what services export by OTLP over HTTP, as a collector would. */
export class TraceReceiver {
  readonly attributes: Attribute[] = []
  /** Everything, as it came. */
  readonly texts: string[] = []

  private constructor(private readonly server: Server) {}

  static async listen(): Promise<TraceReceiver> {
    const server = createServer((request, response) => {
      const chunks: Buffer[] = []
      request
        .on('data', (chunk: Buffer) => chunks.push(chunk))
        .on('end', () => {
          receiver.take(Buffer.concat(chunks))
          response.end()
        })
    }).listen(0, '127.0.0.1')
    const receiver = new TraceReceiver(server)
    await once(server, 'listening')
    return receiver
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`
  }

  stop(): void {
    this.server.closeAllConnections()
    this.server.close()
  }

  /** opentelemetry-proto: collector/trace/v1/trace_service.proto and trace/v1/trace.proto. */
  private take(request: Buffer): void {
    this.texts.push(request.toString('latin1'))
    for (const resourceSpans of at(request, 1)) {
      const resource = at(resourceSpans, 1, 1).map(attribute)
      const spans = at(resourceSpans, 2, 2)
      const found = [...resource, ...spans.flatMap((span) => [...at(span, 9), ...at(span, 11, 3)].map(attribute))]
      const service = resource.find(({ key }) => key === 'service.name')?.value ?? 'unknown'
      this.attributes.push(...found.map((each) => ({ service, ...each })))
    }
  }
}

const attribute = (pair: Buffer) => ({
  key: at(pair, 1)[0]?.toString() ?? '',
  value: at(pair, 2, 1)[0]?.toString() ?? '',
})

/** The messages, or texts, at a path of field numbers. */
const at = (message: Buffer, ...path: number[]): Buffer[] =>
  path.reduce((found, wanted) => found.flatMap((each) => fieldsOf(each, wanted)), [message])

function fieldsOf(message: Buffer, wanted: number): Buffer[] {
  const found: Buffer[] = []
  for (let at = 0; at < message.length;) {
    const tag = varint(message, at)
    const length = lengthOf(message, tag.value & 7, tag.end)
    if (tag.value >> 3 === wanted && (tag.value & 7) === 2) found.push(message.subarray(length.from, length.to))
    at = length.to
  }
  return found
}

function lengthOf(message: Buffer, wireType: number, from: number): { from: number; to: number } {
  if (wireType === 1) return { from, to: from + 8 }
  if (wireType === 5) return { from, to: from + 4 }
  const { value, end } = varint(message, from)
  return wireType === 2 ? { from: end, to: end + value } : { from, to: end }
}

function varint(message: Buffer, from: number): { value: number; end: number } {
  let value = 0
  let end = from
  do value += (message[end]! & 0x7f) * 2 ** (7 * (end - from))
  while (message[end++]! & 0x80)
  return { value, end }
}
