import fc from 'fast-check'
import { decodePart } from './decode-part.js'
import { encodePart, type PartItem } from './encode-part.js'

const AT = new Date('2026-01-31T12:00:00Z')
const head = { modifiedAt: AT.toISOString(), text: false }

async function* listed<T>(items: readonly T[]) {
  yield* items
}

async function encoded(items: readonly PartItem[]): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of encodePart(listed(items), AT)) chunks.push(chunk)
  return Buffer.concat(chunks)
}

async function* cut(bytes: Buffer, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

async function decoded(bytes: Buffer, size: number) {
  const files = new Map<string, string>()
  for await (const one of decodePart(cut(bytes, size))) {
    if ('links' in one) files.set(one.name, one.links.join())
    if (!('content' in one)) continue
    const chunks: Buffer[] = []
    for await (const chunk of one.content) chunks.push(chunk)
    files.set(one.name, Buffer.concat(chunks).toString('hex'))
  }
  return files
}

const contents = fc.dictionary(fc.string({ minLength: 1 }), fc.array(fc.uint8Array({ maxLength: 40 })), { maxKeys: 5 })

describe('a part of an export', () => {
  it('is read as it was written, however its bytes are cut', async () => {
    await fc.assert(
      fc.asyncProperty(contents, fc.integer({ min: 1, max: 50 }), async (files, size) => {
        const items = Object.entries(files).map(([name, chunks]) => ({
          name,
          ...head,
          content: listed(chunks.map((chunk) => Buffer.from(chunk))),
        }))
        const bytes = await encoded([
          ...items,
          { name: '\0', modifiedAt: AT.toISOString(), bytes: 1, links: ['there'] },
        ])
        const wanted = Object.entries(files).map(
          ([name, chunks]) => [name, Buffer.concat(chunks).toString('hex')] as const,
        )
        expect(await decoded(bytes, size)).toEqual(new Map([...wanted, ['\0', 'there']]))
      }),
    )
  })

  it('is refused when one byte of it is another, or any are missing', async () => {
    const bytes = await encoded([{ name: 'a', ...head, content: listed([Buffer.from('some bytes')]) }])
    const at = bytes.indexOf('some bytes')
    await expect(
      decoded(Buffer.concat([bytes.subarray(0, at), Buffer.from('S'), bytes.subarray(at + 1)]), 7),
    ).rejects.toThrow(/not what was written/)
    for (let length = 0; length < bytes.length; length++)
      await expect(decoded(bytes.subarray(0, length), 7)).rejects.toThrow(/part/)
    await expect(decoded(Buffer.concat([bytes, Buffer.from('x')]), 7)).rejects.toThrow(/does not end/)
  })
})
