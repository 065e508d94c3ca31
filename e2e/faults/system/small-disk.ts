import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmdirSync } from 'node:fs'
import { open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const SIZE = '512m'
const CHUNK = Buffer.alloc(1 << 20)

/** A folder on a file system of its own that is small enough to fill. */
export class SmallDisk {
  private constructor(private readonly folder: string) {}

  /** Undefined where mounting is not allowed. */
  static mount(folder: string): SmallDisk | undefined {
    mkdirSync(folder, { recursive: true })
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${SIZE}`, 'tmpfs', folder], { stdio: 'ignore' })
      return new SmallDisk(folder)
    } catch {
      return undefined
    }
  }

  static isPossible(): boolean {
    const folder = mkdtempSync(join(tmpdir(), 'mpics-disk-'))
    const possible = SmallDisk.mount(folder) !== undefined
    SmallDisk.unmount(folder)
    rmdirSync(folder)
    return possible
  }

  /** Works whether or not anything is mounted there. */
  static unmount(folder: string): void {
    spawnSync('umount', ['-l', folder], { stdio: 'ignore' })
  }

  /** Writes until not another byte has room. */
  async fill(): Promise<void> {
    const file = await open(this.filler, 'w')
    try {
      for (;;) await file.write(CHUNK)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
    } finally {
      await file.close()
    }
  }

  async free(): Promise<void> {
    await rm(this.filler, { force: true })
  }

  private get filler(): string {
    return join(this.folder, 'filler')
  }
}
