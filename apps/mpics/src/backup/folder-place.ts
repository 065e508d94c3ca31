import { createReadStream } from 'node:fs'
import { mkdir, open, readdir, rename, rm, rmdir } from 'node:fs/promises'
import { dirname, join, relative, resolve, sep } from 'node:path'
import type { Readable } from 'node:stream'
import type { Bytes, Place } from './place.js'

/** Ends the name of a file that is not whole yet. */
const UNFINISHED = '.unfinished'

export class FolderPlace implements Place {
  private readonly folder: string

  constructor(folder: string) {
    this.folder = resolve(folder)
  }

  /** Readable to its owner alone. It has its name once the disk has its bytes. */
  async write(name: string, bytes: Bytes): Promise<void> {
    const path = join(this.folder, name)
    await mkdir(dirname(path), { recursive: true, mode: 0o700 })
    const file = await open(path + UNFINISHED, 'w', 0o600)
    try {
      for await (const chunk of bytes) await file.write(chunk)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(path + UNFINISHED, path)
    await synced(dirname(path))
  }

  async read(name: string): Promise<Readable> {
    const file = await open(join(this.folder, name), 'r')
    return createReadStream('', { fd: file })
  }

  async *names(prefix: string): AsyncGenerator<string> {
    const found = await readdir(this.folder, { recursive: true, withFileTypes: true }).catch(ifMissing)
    const names = found
      .filter((entry) => entry.isFile())
      .map((entry) => relative(this.folder, join(entry.parentPath, entry.name)).replaceAll(sep, '/'))
    yield* names.filter((name) => name.startsWith(prefix)).sort()
  }

  async remove(names: readonly string[]): Promise<void> {
    for (const name of names) await rm(join(this.folder, name), { force: true })
    for (const folder of new Set(names.map(dirname)))
      if (folder !== '.') await rmdir(join(this.folder, folder)).catch(() => undefined)
  }
}

async function synced(folder: string): Promise<void> {
  const opened = await open(folder, 'r')
  try {
    await opened.sync()
  } finally {
    await opened.close()
  }
}

function ifMissing(error: NodeJS.ErrnoException): [] {
  if (error.code === 'ENOENT') return []
  throw error
}
