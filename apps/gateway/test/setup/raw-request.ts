import { connect } from 'node:net'

export interface RawAnswer {
  status: number
  headers: Record<string, string>
  body: string
}

/** Sends bytes as they are, without the tidying that HTTP clients do, and reads what comes until the server hangs up. */
export function rawRequest(url: string, ...parts: (string | Buffer)[]): Promise<RawAnswer> {
  const { promise, resolve, reject } = Promise.withResolvers<RawAnswer>()
  const chunks: Buffer[] = []
  const socket = connect(Number(new URL(url).port), '127.0.0.1', () => {
    for (const part of parts) socket.write(part)
  })
  socket.on('data', (chunk) => chunks.push(chunk))
  socket.on('end', () => resolve(answerIn(Buffer.concat(chunks).toString())))
  socket.on('error', (error) =>
    chunks.length > 0 ? resolve(answerIn(Buffer.concat(chunks).toString())) : reject(error),
  )
  return promise
}

export const codeOf = (body: string): string => (JSON.parse(body) as { code: string }).code

function answerIn(text: string): RawAnswer {
  const [head = '', ...body] = text.split('\r\n\r\n')
  const [line = '', ...fields] = head.split('\r\n')
  const headers = fields.map((field) => {
    const [name = '', ...value] = field.split(':')
    return [name.toLowerCase(), value.join(':').trim()]
  })
  return { status: Number(line.split(' ')[1]), headers: Object.fromEntries(headers), body: body.join('\r\n\r\n') }
}
