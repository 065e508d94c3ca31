import { type FileHandle, open, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { SharpOptions } from 'sharp'
import { type Jpeg, readJpeg } from './containers/jpeg.js'
import { CAUTIOUS } from './decoders.js'
import { boxAt } from './structure/avif-structure.js'

export interface Source {
  path: string
  /** All of it, or the box of an AVIF that tells of its items: beside its pixels there is little room. */
  bytes: Buffer
  jpeg?: Jpeg
  options: SharpOptions
}

const [MAX_BYTES, MAX_BOXES] = [1024 * 1024, 100]
const END = Buffer.from([0xff, 0xd9])

/**
 * A JPEG whose scans all begin may lack only its end, which tells nothing. It gets one, and then any complaint of the decoder counts
 * as damage.
 */
export async function openSource(path: string, folder: string): Promise<Source> {
  const bytes = (await itemsOf(path)) ?? (await readFile(path))
  const jpeg = readJpeg(bytes)
  if (jpeg?.hasEnd) return { path, bytes, jpeg, options: CAUTIOUS }
  if (!jpeg?.isComplete || !(await jpeg.exactParts())) return { path, bytes, options: CAUTIOUS }
  const mended = join(folder, 'mended')
  await writeFile(mended, Buffer.concat([bytes, END]))
  return { path: mended, bytes, jpeg, options: { ...CAUTIOUS, failOn: 'warning' } }
}

/** Undefined for what is no AVIF. Its boxes may come in any order (ISO 14496-12 §8.11.1). */
async function itemsOf(path: string): Promise<Buffer | undefined> {
  const file = await open(path)
  try {
    if (boxAt(await bytesAt(file, 0, 16)).type !== 'ftyp') return undefined
    for (let [at, boxes] = [0, 0]; boxes < MAX_BOXES; boxes++) {
      const head = await bytesAt(file, at, 16)
      const { type, length } = boxAt(head)
      if (type === 'meta') return await bytesAt(file, at, Math.min(length, MAX_BYTES))
      at += length
    }
    return Buffer.alloc(0)
  } finally {
    await file.close()
  }
}

async function bytesAt(file: FileHandle, at: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, at)
  return buffer.subarray(0, bytesRead)
}
