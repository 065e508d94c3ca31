import { media } from '@mpics/contracts'
import { median } from '@mpics/tools/bench/measuring/measure'
import type { Member } from '@mpics/tools/people/member'
import { eventually } from '@mpics/testing/eventually'
import { progressiveJpeg } from '../hostile/progressive-jpeg.js'
import { SMALL_PICTURE } from '../scene/everyday.js'
import { attack, sized } from '../scene/report.js'
import { attackerAt, type Scene } from '../scene/scene.js'

const TIMES_ALONE = 5
/** The clock of a busy machine cannot tell less apart. */
const MIN_MS = 3_000
const ALONE = 3

export function pictureAttacks(scene: Scene): void {
  attack('pictures', 'a small picture beside those that keep a decoder busy for minutes', async () => {
    const [owner, attacker] = await Promise.all([
      scene.member('painter'),
      scene.member('bomber', scene.from(attackerAt(2))),
    ])
    const alone: number[] = []
    for (let n = 0; n < ALONE; n++) alone.push(await readyAfter(owner, 120_000))
    const allowed = Math.max(MIN_MS, TIMES_ALONE * median(alone))
    const answers = await Promise.all(hostilePictures().map((picture) => upload(attacker, picture)))
    const beside = await readyAfter(owner, allowed).catch(() => undefined)
    const taken = answers.filter((status) => status === 202).length
    return {
      tried: `a small picture beside ${answers.length} hostile ones`,
      times: 1,
      through: beside === undefined ? [`it was not ready within ${allowed.toFixed(0)} ms`] : serverErrors(answers),
      seen: [
        `${answers.length - taken} of the hostile ones were refused at once, ${taken} taken`,
        `ready after ${median(alone).toFixed(0)} ms alone, ${beside?.toFixed(0) ?? `more than ${allowed.toFixed(0)}`} ms beside them`,
      ],
    }
  })
}

/** Each within the limits of size and pixels; what they cost is in their scans. */
function hostilePictures(): Buffer<ArrayBuffer>[] {
  const kinds = [
    progressiveJpeg(6_000, 20_000),
    progressiveJpeg(7_000, 4_000),
    progressiveJpeg(1_000, 200_000),
    progressiveJpeg(7_000, 400),
  ]
  return Array.from({ length: sized(4, 20) }, (_, n) => kinds[n % kinds.length]!)
}

const serverErrors = (answers: readonly number[]) =>
  answers.filter((status) => status >= 500).map((status) => `a hostile picture was answered ${status}`)

async function upload({ api }: Member, picture: Buffer<ArrayBuffer>): Promise<number> {
  const body = new FormData()
  body.set('file', new File([picture], 'photo.jpg', { type: 'image/jpeg' }))
  return (await api.send({ method: media.uploadPhoto.method, path: media.uploadPhoto.path, body })).status
}

async function readyAfter(owner: Member, withinMs: number): Promise<number> {
  const began = performance.now()
  const id = await owner.upload(SMALL_PICTURE)
  const isReady = async () => (await owner.photo(id)).status === 'published'
  await eventually(`photo ${id} to be published`, isReady, withinMs - (performance.now() - began), 20)
  return performance.now() - began
}
