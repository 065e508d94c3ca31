import { createHash } from 'node:crypto'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { ZipFile } from 'yazl'

export interface MadeFile {
  name: string
  content: Buffer
  /** Another one than it has. */
  sha256?: string
  listed?: false
}

/** Writes a zip such as nobody exports, with a manifest that fits unless a file says otherwise. */
export async function madeZip(files: readonly MadeFile[], change = (bytes: Buffer) => bytes): Promise<string> {
  const zip = new ZipFile()
  const listed = files.filter((file) => file.listed !== false)
  const manifest = {
    format: 'million-pictures-export',
    version: 1,
    files: listed.map(({ name, content, sha256 }) => ({
      name,
      bytes: content.length,
      sha256: sha256 ?? createHash('sha256').update(content).digest('hex'),
    })),
  }
  for (const { name, content } of files) zip.addBuffer(content, name)
  zip.addBuffer(Buffer.from(JSON.stringify(manifest)), 'manifest.json')
  zip.end()
  const path = join(await mkdtemp(join(tmpdir(), 'mpics-import-')), 'export.zip')
  await writeFile(path, change(await buffer(zip.outputStream)))
  return path
}
