import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SmallDisk } from './small-disk.js'

const BEGINNING = join(tmpdir(), 'mpics-faults-')

/** A folder for one system; also removes the folders of killed processes, with their mounts. */
export async function ownFolder(): Promise<string> {
  for (const left of globSync(`${BEGINNING}*`)) if (!isAlive(left)) await removeFolder(left)
  const folder = await mkdtemp(BEGINNING)
  writeFileSync(join(folder, 'pid'), String(process.pid))
  return folder
}

export async function removeFolder(folder: string): Promise<void> {
  SmallDisk.unmount(diskOf(folder))
  await rm(folder, { recursive: true, force: true })
}

export const diskOf = (folder: string): string => join(folder, 'stack/kafka')

function isAlive(folder: string): boolean {
  const file = join(folder, 'pid')
  return existsSync(file) && existsSync(`/proc/${readFileSync(file, 'utf8')}`)
}
