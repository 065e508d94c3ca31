import { join } from 'node:path'
import sharp from 'sharp'
import { root } from '../environment/root.js'
import { Chance } from './chance.js'
import type { PlannedPhoto } from './plan.js'

const MIN_SHARE = 0.5
const WIDTH = 960

/** A part of a freely licensed photograph, turned and toned, so that no two are alike. */
export async function pictureOf({ subject, variant }: PlannedPhoto): Promise<Uint8Array<ArrayBuffer>> {
  const chance = new Chance(variant + 1)
  const file = join(root, `tools/photographs/${subject}.jpg`)
  const { width, height } = await sharp(file).metadata()
  const part = (whole: number) => {
    const size = Math.floor(whole * (MIN_SHARE + (1 - MIN_SHARE) * chance.next()))
    return { size, from: chance.below(whole - size + 1) }
  }
  const [across, down] = [part(width), part(height)]
  const picture = sharp(file)
    .extract({ left: across.from, top: down.from, width: across.size, height: down.size })
    .flop(chance.next() < 0.5)
    .resize({ width: WIDTH })
    .modulate({ brightness: 0.8 + 0.4 * chance.next(), saturation: 0.3 + chance.next(), hue: chance.below(360) })
  return new Uint8Array(await picture.jpeg({ quality: 82 }).toBuffer())
}
