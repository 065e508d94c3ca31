import { readFile } from 'node:fs/promises'

const APP1 = 0xffe1
const [EXIF_IFD, DATE_TIME_ORIGINAL] = [0x8769, 0x9003]
const [LONG, ASCII] = [4, 2]
/** From the beginning of the TIFF header: the first directory, the one of Exif, and the text. */
const [FIRST, SECOND, TEXT] = [8, 26, 44]

/** A JPEG that says when it was taken (Exif 2.3, JEITA CP-3451C), e.g. `2001:05:17 10:20:30`. */
export async function datedPicture(path: string, moment: string): Promise<Uint8Array<ArrayBuffer>> {
  const jpeg = await readFile(path)
  const tiff = Buffer.alloc(TEXT + moment.length + 1)
  tiff.write('MM\0*', 'latin1')
  tiff.writeUInt32BE(FIRST, 4)
  writeDirectory(tiff, FIRST, { tag: EXIF_IFD, type: LONG, count: 1, value: SECOND })
  writeDirectory(tiff, SECOND, { tag: DATE_TIME_ORIGINAL, type: ASCII, count: moment.length + 1, value: TEXT })
  tiff.write(moment, TEXT, 'latin1')
  const content = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff])
  const head = Buffer.alloc(4)
  head.writeUInt16BE(APP1)
  head.writeUInt16BE(content.length + 2, 2)
  return Uint8Array.from(Buffer.concat([jpeg.subarray(0, 2), head, content, jpeg.subarray(2)]))
}

/** Of one entry, and the last. */
function writeDirectory(
  tiff: Buffer,
  at: number,
  { tag, type, count, value }: Record<'tag' | 'type' | 'count' | 'value', number>,
): void {
  tiff.writeUInt16BE(1, at)
  tiff.writeUInt16BE(tag, at + 2)
  tiff.writeUInt16BE(type, at + 4)
  tiff.writeUInt32BE(count, at + 6)
  tiff.writeUInt32BE(value, at + 10)
}
