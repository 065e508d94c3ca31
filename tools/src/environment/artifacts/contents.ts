import { createHash } from 'node:crypto'
import { createReadStream, lstatSync } from 'node:fs'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { pipeline } from 'node:stream/promises'

/** As many as are read at a time: a folder may hold more files than memory or descriptors would last for. */
const AT_A_TIME = 32
const CHUNK = 1024 * 1024

/** One hash for a folder: of the names and the contents of all its files. */
export async function contentsHash(folder: string): Promise<string> {
  const files = await filesIn(folder)
  const line = async (file: string) => `${await fileHash(file)}  ${relative(folder, file)}\n`
  const lines: string[] = []
  for (let i = 0; i < files.length; i += AT_A_TIME)
    lines.push(...(await Promise.all(files.slice(i, i + AT_A_TIME).map(line))))
  return hashOf(lines)
}

/** One hash for a folder: of the names, sizes and times of its files. What Python compiles when it runs is no part of it. */
export async function listingHash(folder: string): Promise<string> {
  const files = (await filesIn(folder)).filter((file) => !file.includes('__pycache__'))
  return hashOf(
    files.map((file) => {
      const { size, mtimeMs } = lstatSync(file)
      return `${size} ${mtimeMs}  ${relative(folder, file)}\n`
    }),
  )
}

const hashOf = (lines: string[]) => createHash('sha256').update(lines.sort().join('')).digest('hex')

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
}

async function fileHash(file: string): Promise<string> {
  const hash = createHash('sha256')
  // a stream costs its whole buffer, however small the file
  if ((await stat(file)).size < CHUNK) hash.update(await readFile(file))
  else await pipeline(createReadStream(file, { highWaterMark: CHUNK }), hash)
  return hash.digest('hex')
}
