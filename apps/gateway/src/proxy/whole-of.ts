import type { Readable } from 'node:stream'

/** Node's `buffer` makes a Blob first, which costs more than all the rest of it. */
export function wholeOf(stream: Readable): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>()
  const chunks: Buffer[] = []
  const early = () => reject(stream.errored ?? new Error('The answer ended before its end.'))
  stream
    .on('data', (chunk: Buffer) => chunks.push(chunk))
    .once('end', () => resolve(Buffer.concat(chunks)))
    .once('error', reject)
    .once('close', early)
  // no event may come any more
  if (!stream.readable) early()
  return promise
}
