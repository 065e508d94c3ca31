export interface Part {
  bytes: Buffer
  /** The only one, or the end of several. */
  last: boolean
}

/** Gathers chunks to parts of `size` bytes; only the last may be smaller (S3 asks for at least 5 MiB otherwise). */
export async function* inParts(chunks: AsyncIterable<Buffer>, size: number): AsyncGenerator<Part> {
  let gathered: Buffer[] = []
  let length = 0
  for await (const chunk of chunks) {
    let rest = chunk
    while (length + rest.length > size) {
      const head = rest.subarray(0, size - length)
      yield { bytes: Buffer.concat([...gathered, head]), last: false }
      rest = rest.subarray(head.length)
      gathered = []
      length = 0
    }
    gathered.push(rest)
    length += rest.length
  }
  yield { bytes: Buffer.concat(gathered), last: true }
}
