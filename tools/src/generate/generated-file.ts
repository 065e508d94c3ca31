import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

export interface GeneratedFile {
  /** Relative to the workspace root. */
  path: string
  content: string
  /** Replaces only what stands between `<!-- generated:NAME -->` and `<!-- /generated:NAME -->`. */
  section?: string
  /** Never rewritten once it exists. */
  onlyIfMissing?: boolean
}

async function read(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
}

function withSection(text: string, file: GeneratedFile): string {
  const [from, to] = [`<!-- generated:${file.section} -->`, `<!-- /generated:${file.section} -->`]
  const [start, end] = [text.indexOf(from), text.indexOf(to)]
  if (start < 0 || end < start) throw new Error(`${file.path} has no section ${from} … ${to}`)
  return `${text.slice(0, start + from.length)}\n\n${file.content.trim()}\n\n${text.slice(end)}`
}

/** The wanted text of a file, and whether it stands there. */
async function compare(root: string, file: GeneratedFile): Promise<{ wanted: string; current: boolean }> {
  const found = await read(join(root, file.path))
  if (file.onlyIfMissing && found !== undefined) return { wanted: found, current: true }
  const wanted = file.section ? withSection(found ?? '', file) : file.content
  return { wanted, current: found === wanted }
}

/** Writes what is not current; with `check`, writes nothing. Returns the paths that were not current. */
export async function writeGenerated(root: string, files: GeneratedFile[], check: boolean): Promise<string[]> {
  const stale: string[] = []
  for (const file of files) {
    const { wanted, current } = await compare(root, file)
    if (current) continue
    stale.push(file.path)
    if (check) continue
    await mkdir(dirname(join(root, file.path)), { recursive: true })
    await writeFile(join(root, file.path), wanted)
  }
  return stale
}
