import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { withChunks } from '../../test/setup/pictures.js'
import { RENDITIONS } from '../photos/photo.js'
import { sharp } from './decoders.js'
import { renderPicture } from './render-picture.js'

const REC_2020 = 9
const BAR = 32

const bars = (values: readonly number[]) => {
  const row = values.flatMap((value) => Array<number>(BAR * 3).fill(value))
  const data = Buffer.from(Array.from({ length: BAR }, () => row).flat())
  return sharp(data, { raw: { width: values.length * BAR, height: BAR, channels: 3 } })
}

const asPng = async (values: readonly number[], transfer: number) =>
  withChunks(await bars(values).png().toBuffer(), 'cICP', [Buffer.from([REC_2020, transfer, 0, 1])])

async function asAvif(values: readonly number[], transfer: number): Promise<Buffer> {
  const file = await bars(values).avif({ lossless: true, effort: 0 }).toBuffer()
  const at = file.indexOf('colrnclx') + 8
  file.writeUInt16BE(REC_2020, at)
  file.writeUInt16BE(transfer, at + 2)
  return file
}

async function shown(picture: Buffer): Promise<number[]> {
  const upright = sharp(picture).pipelineColourspace('srgb').toColourspace('srgb').removeAlpha().raw()
  const { data, info } = await upright.toBuffer({ resolveWithObject: true })
  const bar = info.width / 4
  return Array.from({ length: 4 }, (_, n) => {
    const at = (Math.floor(info.height / 2) * info.width + Math.floor((n + 0.5) * bar)) * info.channels
    return Math.round((data[at]! + data[at + 1]! + data[at + 2]!) / 3)
  })
}

describe('a picture in HDR', () => {
  let folder: string
  beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'mpics-hdr-'))))
  afterEach(() => rm(folder, { recursive: true }))

  /** PQ: black, 50, 203 (white, BT.2408 §2.1) and 10,000 cd/m² (ST 2084). HLG: 0, 25, 50 and 75 % (white, BT.2100 table 5). */
  it.each([
    ['PQ, as PNG', asPng, 16, [0, 112, 148, 255], [0, 136, 255, 255]],
    ['PQ, as AVIF', asAvif, 16, [0, 112, 148, 255], [0, 136, 255, 255]],
    ['HLG, as PNG', asPng, 18, [0, 64, 128, 191], [0, 62, 138, 255]],
    ['HLG, as AVIF', asAvif, 18, [0, 64, 128, 191], [0, 62, 138, 255]],
  ])(
    'of %s, is shown with its white as white, and what is brighter too',
    async (_, made, transfer, values, expected) => {
      const source = join(folder, 'source')
      await writeFile(source, await made(values, transfer))
      const outcome = await renderPicture({ source, folder })
      expect(outcome).not.toHaveProperty('rejection')
      for (const name of RENDITIONS) {
        const seen = await shown(await readFile(join(folder, name)))
        const farthest = Math.max(...seen.map((value, n) => Math.abs(value - expected[n]!)))
        expect({ name, seen, near: farthest <= 6 }).toEqual({ name, seen, near: true })
      }
    },
  )

  it('of PQ keeps its pixels, and says so, as its original', async () => {
    const source = join(folder, 'source')
    await writeFile(source, await asPng([0, 112, 148, 255], 16))
    await renderPicture({ source, folder })
    const raw = (file: string) => sharp(file, { ignoreIcc: true }).raw().toBuffer()
    const original = join(folder, 'original')
    expect((await raw(original)).equals(await raw(source))).toBe(true)
    const bytes = await readFile(original)
    expect([...bytes.subarray(bytes.indexOf('cICP') + 4).subarray(0, 4)]).toEqual([REC_2020, 16, 0, 1])
  })
})
