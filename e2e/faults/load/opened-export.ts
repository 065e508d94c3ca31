import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import type { OpenedExport } from '../evidence/history.js'

interface Manifest {
  files: { name: string; bytes: number; sha256: string }[]
  missing: { name: string }[]
}

const MANIFEST = 'manifest.json'
const UUID_LENGTH = 36

/** Unpacks an export as anybody would, and compares each file with the manifest. */
export async function openedExport(zip: Uint8Array): Promise<OpenedExport> {
  const folder = await mkdtemp(join(tmpdir(), 'mpics-opened-'))
  try {
    await writeFile(join(folder, 'all.zip'), zip)
    const content = join(folder, 'content')
    execFileSync('unzip', ['-q', join(folder, 'all.zip'), '-d', content])
    return await compared(content)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function compared(folder: string): Promise<OpenedExport> {
  const manifest = JSON.parse(await readFile(join(folder, MANIFEST), 'utf8')) as Manifest
  const names = (await filesIn(folder)).filter((name) => name !== MANIFEST)
  const stated = new Map(manifest.files.map((file) => [file.name, file.sha256]))
  const broken = [...manifest.missing.map(({ name }) => name), ...[...stated.keys()].filter((n) => !names.includes(n))]
  for (const name of names) if (stated.get(name) !== (await hashOf(join(folder, name)))) broken.push(name)
  const services = names.filter((name) => /^\w+\/.*\.json$/.test(name)).map((name) => name.split('/')[0]!)
  const photos = names.filter((name) => name.startsWith('photos/')).map((name) => name.split('/')[1]!)
  return { services: [...new Set(services)], photoIds: photos.map((name) => name.slice(0, UUID_LENGTH)), broken }
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries.filter((one) => one.isFile()).map(({ parentPath, name }) => relative(folder, join(parentPath, name)))
}

const hashOf = async (file: string): Promise<string> =>
  createHash('sha256')
    .update(await readFile(file))
    .digest('hex')
