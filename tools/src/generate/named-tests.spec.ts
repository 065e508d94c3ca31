import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { missingTests } from './named-tests.js'

describe('tests that a document names', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mpics-named-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  writeFileSync(join(folder, 'a.ts'), "it('kill -9 of a service', …)")
  const missingIn = async (text: string) => {
    writeFileSync(join(folder, 'doc.md'), text)
    return missingTests(folder, 'doc.md')
  }

  it('are there', async () => expect(await missingIn('| [`kill -9 of a service`](a.ts) |')).toEqual([]))
  it('are missed by their title', async () => expect(await missingIn('[`kill -9 of Kafka`](a.ts)')).toHaveLength(1))
  it('are missed by their file', async () => expect(await missingIn('[`kill -9 of a service`](b.ts)')).toHaveLength(1))
  it('are missed where no link has the form that is looked for', async () =>
    expect(await missingIn('kill -9')).toHaveLength(1))
})
