import { blankStructure, enlarge, type Structure } from './structure.js'

const [EOI, SOS] = [0xd9, 0xda]
export const isRestart = (marker: number) => marker >= 0xd0 && marker <= 0xd7
export const standsAlone = (marker: number) => marker === 0x01 || marker === 0xd8 || isRestart(marker)
export const isFrame = (marker: number) => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)

/** Markers as a decoder meets them (ITU-T T.81 annex B): it skips what stands between segments, and stops at the end of the image. */
export function jpegStructure(file: Buffer, mostParts: number): Structure {
  const found = { ...blankStructure(), passes: 0 }
  for (let at = nextMarker(file, 0); at < file.length && found.parts <= mostParts; at = nextMarker(file, at)) {
    const marker = file[at + 1]!
    if (marker === EOI) break
    if (standsAlone(marker)) at += 2
    else at = readSegment(file, at, marker, found)
  }
  return { ...found, passes: Math.max(1, found.passes) }
}

function readSegment(file: Buffer, at: number, marker: number, found: Structure): number {
  found.parts += 1
  if (marker === SOS) found.passes += 1
  if (isFrame(marker) && at + 9 <= file.length) enlarge(found, file.readUInt16BE(at + 7), file.readUInt16BE(at + 5))
  return Math.min(file.length, endOfSegment(file, at))
}

export const endOfSegment = (file: Buffer, at: number): number =>
  at + 4 > file.length ? Infinity : at + 2 + Math.max(2, file.readUInt16BE(at + 2))

/** The next 0xFF that neither a stuffed zero nor another fill byte follows; the length of the file if there is none. */
export function nextMarker(file: Buffer, from: number): number {
  for (let at = file.indexOf(0xff, from); at >= 0 && at + 1 < file.length; at = file.indexOf(0xff, at + 1))
    if (file[at + 1] !== 0x00 && file[at + 1] !== 0xff) return at
  return file.length
}
