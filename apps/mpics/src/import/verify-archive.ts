import { createHash } from 'node:crypto'
import { z } from 'zod'
import { type Archive, ArchiveError } from './archive.js'

const MANIFEST = 'manifest.json'
const file = z.object({ name: z.string(), bytes: z.int().min(0), sha256: z.string().regex(/^[0-9a-f]{64}$/) })
const manifest = z.object({
  format: z.literal('million-pictures-export'),
  version: z.literal(1),
  files: z.array(file),
})
type ManifestFile = z.output<typeof file>

/** Reads every file once, before anything is done with any of them. `told` hears how many are read. */
export async function verifyArchive(archive: Archive, told: (read: number, of: number) => void): Promise<void> {
  const { files } = parsed(await archive.bytes(MANIFEST))
  const listed = new Set([MANIFEST, ...files.map(({ name }) => name)])
  const unlisted = archive.names().find((name) => !listed.has(name))
  if (unlisted !== undefined) throw new ArchiveError(`The manifest does not name ${unlisted}.`)
  for (const [i, one] of files.entries()) {
    await verify(archive, one)
    told(i + 1, files.length)
  }
}

function parsed(bytes: Buffer): z.output<typeof manifest> {
  try {
    return manifest.parse(JSON.parse(bytes.toString()))
  } catch {
    throw new ArchiveError('The manifest is none of an export of Million Pictures.')
  }
}

async function verify(archive: Archive, { name, bytes, sha256 }: ManifestFile): Promise<void> {
  const refused = new ArchiveError(`${name} is not what the manifest says: the zip was changed, or is damaged.`)
  if (archive.bytesOf(name) !== bytes) throw refused
  const hash = createHash('sha256')
  for await (const chunk of archive.stream(name)) hash.update(chunk)
  if (hash.digest('hex') !== sha256) throw refused
}
