import { createHash, randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import { encodePart, PartDamagedError } from '@mpics/rights'
import { ExportEntries } from './export-entries.js'
import { type Export, requestExport, writers } from './export.js'
import type { ReadParts } from './read-parts.js'

const AT = new Date('2026-01-31T12:00:00Z')

async function* file(text: string) {
  const content = Readable.from([Buffer.from(text)]) as AsyncIterable<Buffer>
  yield { name: `${text}.json`, modifiedAt: AT.toISOString(), text: true, content }
}

const partOf = async (service: string): Promise<Buffer> => Buffer.concat(await allOf(encodePart(file(service), AT)))
const allOf = async (chunks: AsyncIterable<Buffer>): Promise<Buffer[]> => {
  const all: Buffer[] = []
  for await (const chunk of chunks) all.push(chunk)
  return all
}
const hashOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

describe('the entries of an export', () => {
  /** `swapped`: what lies there is a good part, and not the one that its service told of. */
  async function namesIn(swapped?: string): Promise<string[]> {
    const parts: Export['parts'] = {}
    for (const service of writers) {
      const bytes = await partOf(service === swapped ? 'another' : service)
      parts[service] = { objectKey: service, sha256: hashOf(bytes), bytes: bytes.length }
    }
    const read = { open: async (key: string) => Readable.from([await partOf(key)]) } as unknown as ReadParts
    const of = { ...requestExport(randomUUID(), randomUUID(), AT).state, parts }
    const names: string[] = []
    for await (const { name, content } of new ExportEntries(read, of, { madeAt: AT, privacyPolicy: '2015-03-14' })) {
      await allOf(content)
      names.push(name)
    }
    return names
  }

  it('are the files of each service in order, with a manifest at the end', async () => {
    const files = writers.map((service) => `${service}.json`)
    expect(await namesIn()).toEqual([...files, 'README.txt', 'manifest.json'])
  })

  it('are refused where a part is not what its service wrote', async () => {
    await expect(namesIn('media')).rejects.toBeInstanceOf(PartDamagedError)
  })
})
