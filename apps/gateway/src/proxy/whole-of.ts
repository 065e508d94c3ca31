import type { Readable } from 'node:stream'

/** Node's `buffer` makes a Blob first, which costs more than all the rest of it. */
export function wholeOf(stream: Readable): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>()
  const chunks: Buffer[] = []
  stream
    .on('data', (chunk: Buffer) => chunks.push(chunk))
    .once('end', () => resolve(Buffer.concat(chunks)))
    .once('error', reject)
    .once('close', () => reject(new Error('The answer ended before its end.')))
  return promise
}
