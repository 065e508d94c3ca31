import { createServer } from 'node:http'
import { readdir, writeFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'
import { runNode } from '@mpics/testing'
import { Archive } from '../src/import/archive.js'
import { type MadeFile, madeZip } from './setup/made-zip.js'

const NOTE: MadeFile = { name: 'README.txt', content: Buffer.from('all of it') }
const MIB = 1024 * 1024
const renamed = (from: string, to: string) => (bytes: Buffer) =>
  Buffer.from(bytes.toString('latin1').replaceAll(from, to), 'latin1')

describe('an import', () => {
  let asked = 0
  const site = createServer((_, response) => {
    asked += 1
    response.writeHead(500).end()
  })
  let url: string
  beforeAll(async () => {
    await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve))
    url = `http://127.0.0.1:${(site.address() as AddressInfo).port}`
  })
  afterAll(() => site.close())

  const run = (path: string) =>
    runNode(join(import.meta.dirname, '../dist/main.js'), ['accounts', 'import', path, '--site', url], {
      MPICS_ACCOUNT_TOKEN: 'mpat_of_nobody',
    })

  it.each<[string, string, () => Promise<string>]>([
    ['a file with another hash', 'was changed', () => madeZip([{ ...NOTE, sha256: '0'.repeat(64) }])],
    ['a file that is not in the manifest', 'does not name', () => madeZip([{ ...NOTE, listed: false }])],
    ['a name that leads elsewhere', 'refused', () => madeZip([{ ...NOTE, name: 'aa/x' }], renamed('aa/x', '../x'))],
    ['an absolute name', 'refused', () => madeZip([{ ...NOTE, name: 'aa/x' }], renamed('aa/x', '/a/x'))],
    [
      'one name twice',
      'twice',
      () =>
        madeZip(
          [
            { ...NOTE, name: 'a.txt' },
            { ...NOTE, name: 'b.txt' },
          ],
          renamed('b.txt', 'a.txt'),
        ),
    ],
    ['a bomb', 'larger', () => madeZip([{ name: 'media/photos.json', content: Buffer.alloc(200 * MIB) }])],
    [
      'a photo that no site takes',
      'larger',
      () => madeZip([{ name: 'photos/x.jpg', content: Buffer.alloc(41 * MIB, 'ab\0x') }]),
    ],
    ['no export', 'no manifest.json', () => madeZip([NOTE], renamed('manifest.json', 'manifest.jsan'))],
    ['an export without an account', 'identity/accounts.json', () => madeZip([NOTE])],
  ])('refuses %s before it changes anything', async (_, why, made) => {
    const path = await made()
    const { code, err } = await run(path)
    expect([code, err]).toEqual([1, expect.stringContaining(why)])
    expect(await readdir(dirname(path))).toEqual(['export.zip'])
  })

  it('refuses what is no zip, and half of one', async () => {
    const path = await madeZip([NOTE], (bytes) => bytes.subarray(0, 100))
    expect(await run(path)).toMatchObject({ code: 1, err: expect.stringContaining('cannot be read as a zip') })
    await writeFile(path, 'no zip')
    expect(await run(path)).toMatchObject({ code: 1, err: expect.stringContaining('cannot be read as a zip') })
    expect((await run(`${path}.missing`)).err).toContain('cannot be read as a zip')
  })

  it('finds a photo that was still processed when its record was written, by the id that its name begins with', async () => {
    const [id, other] = ['01931f3e-0000-7000-8000-000000000001', '01931f3e-0000-7000-8000-000000000002']
    const names = [`photos/${other}-Rocket.jpg`, `photos/${id}-Rocket.jpg`]
    const archive = await Archive.open(await madeZip(names.map((name) => ({ ...NOTE, name }))))
    expect(archive.photoAt(`photos/${id}-Rocket.avif`)).toBe(names[1])
    expect(archive.photoAt(names[0]!)).toBe(names[0])
    expect(archive.photoAt('photos/none.avif')).toBe('photos/none.avif')
    archive.close()
  })

  it('asks the site nothing until the zip is known to be whole', () => expect(asked).toBe(0))
})
