import { open, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { SharpOptions } from 'sharp'
import { type Jpeg, readJpeg } from './containers/jpeg.js'
import { CAUTIOUS } from './decoders.js'
import { HEAD_BYTES } from './jobs.js'
import { brandsOf } from './structure/avif-structure.js'

export interface Source {
  path: string
  /** All of it, or the head of an AVIF, beside whose pixels there is little room. */
  bytes: Buffer
  jpeg?: Jpeg
  options: SharpOptions
}

const END = Buffer.from([0xff, 0xd9])

/**
 * A JPEG whose scans all begin may lack only its end, which tells nothing. It gets one, and then any complaint of the decoder counts
 * as damage.
 */
export async function openSource(path: string, folder: string): Promise<Source> {
  const head = await headOf(path)
  const bytes = brandsOf(head).length > 0 ? head : await readFile(path)
  const jpeg = readJpeg(bytes)
  if (jpeg?.hasEnd) return { path, bytes, jpeg, options: CAUTIOUS }
  if (!jpeg?.isComplete) return { path, bytes, options: CAUTIOUS }
  const mended = join(folder, 'mended')
  await writeFile(mended, Buffer.concat([bytes, END]))
  return { path: mended, bytes, jpeg, options: { ...CAUTIOUS, failOn: 'warning' } }
}

async function headOf(path: string): Promise<Buffer> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES))
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}
