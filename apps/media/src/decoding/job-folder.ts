import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SOURCE } from '../decoder/jobs.js'

/** An empty folder for a picture and its renditions; whoever asked for it removes it. */
export const openJobFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'mpics-render-'))

/** The same, with the bytes of its picture; of one that the disk does not take nothing stays. */
export async function openJobFolderWith(picture: Buffer): Promise<string> {
  const folder = await openJobFolder()
  try {
    await writeFile(join(folder, SOURCE), picture)
    return folder
  } catch (error) {
    await removeJobFolder(folder)
    throw error
  }
}

export const removeJobFolder = (folder: string): Promise<void> => rm(folder, { recursive: true, force: true })
