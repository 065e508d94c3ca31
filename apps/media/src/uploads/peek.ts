/** Reads the first `bytes` of a stream; `all` is the stream from its beginning, for one consumer. */
export async function peek(
  stream: AsyncIterable<Buffer>,
  bytes: number,
): Promise<{ head: Buffer; all: AsyncGenerator<Buffer> }> {
  const rest = stream[Symbol.asyncIterator]()
  const chunks: Buffer[] = []
  for (let length = 0; length < bytes;) {
    const next = await rest.next()
    if (next.done) break
    chunks.push(next.value)
    length += next.value.length
  }
  const head = Buffer.concat(chunks)
  return { head: head.subarray(0, bytes), all: joined(head, rest) }
}

async function* joined(head: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  yield head
  yield* { [Symbol.asyncIterator]: () => rest }
}
