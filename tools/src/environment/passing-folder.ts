import { constants, existsSync } from 'node:fs'
import { access, mkdtemp, readdir, rm, statfs } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Linux keeps what is written there in memory. */
const IN_MEMORY = '/dev/shm'
/** A whole run of the tests writes less than one of these. */
const ENOUGH_BYTES = 4 * 1024 ** 3

/**
 * Makes a folder for data that ends with this process: in memory if there is room. A database waits for the disk at each write, and a
 * service makes dozens of indexes when a test starts it. What a killed process left is removed.
 */
export async function passingFolder(name: string, place = IN_MEMORY, enough = ENOUGH_BYTES): Promise<string> {
  const parent = (await hasRoom(place, enough)) ? place : tmpdir()
  for (const left of await readdir(parent)) if (isLeft(left, name)) await rm(join(parent, left), { recursive: true })
  return mkdtemp(join(parent, `${name}-${process.pid}-`))
}

async function hasRoom(place: string, enough: number): Promise<boolean> {
  try {
    await access(place, constants.W_OK)
    const { bavail, bsize } = await statfs(place)
    return Math.min(bavail * bsize, process.availableMemory()) >= enough
  } catch {
    return false
  }
}

function isLeft(folder: string, name: string): boolean {
  const [, pid] = new RegExp(`^${name}-(\\d+)-`).exec(folder) ?? []
  return pid !== undefined && !existsSync(`/proc/${pid}`)
}
