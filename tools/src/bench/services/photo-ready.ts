import { Member, newPerson } from '../../people/member.js'
import type { Bench } from '../measuring/bench.js'
import { inTurn, inTurns } from '../measuring/measure.js'
import { type Costed, costed, type Pids } from '../measuring/process-figures.js'
import { reportCosts } from '../measuring/report.js'
import { bareRenditions, distinctPhoto, leanRenditions } from '../references/bare-sharp.js'
import { FLOOR_PHOTOS, floorPhotos } from '../references/floor/floor-photos.js'
import { Publications } from './publications.js'

const TIMES = 5
const TITLE = 'Photo of 6 MP, upload to ready'

/** From the first byte sent to the photo answered as published, one at a time, against bare sharp on the same bytes and the floor. */
export async function benchPhotoReady({ api, mailbox, rounds, system, pids }: Bench): Promise<void> {
  const member = new Member(newPerson('bench', 'Bench'), api, mailbox)
  await member.join()
  const floor = await floorPhotos(system)
  let n = 0
  const photos = await Promise.all(Array.from({ length: TIMES }, (_, i) => distinctPhoto(i)))
  const uri = system.services.media.env['MONGODB_URI']!
  const [published, publishedByFloor] = [await Publications.of(uri, 'photos'), await Publications.of(uri, FLOOR_PHOTOS)]
  const upload = async (i: number) => {
    const id = await member.upload(new Uint8Array(photos[i]!), { title: `bench ${n++}` })
    await published.of(id)
    mustBe('published', (await member.photo(id)).status)
  }
  const uploadToFloor = async (i: number) => {
    const id = await floor.upload(photos[i]!, member.accessToken)
    await publishedByFloor.of(id)
    mustBe('published', await floor.statusOf(id, member.accessToken))
  }
  try {
    const { mongod, kafka, s3 } = pids
    const bench = { bench: process.pid }
    const sides = {
      ours: inSequence(pids, upload),
      bare: inSequence(bench, async (i) => void (await bareRenditions(photos[i]!))),
      floor: inSequence({ ...floor.pids, mongod, kafka, s3 }, uploadToFloor),
      lean: inSequence(bench, async (i) => void (await leanRenditions(photos[i]!))),
    }
    tell(await inTurns(sides, rounds))
  } finally {
    await Promise.all([published.stop(), publishedByFloor.stop()])
    floor.stop()
  }
}

const inSequence = (pids: Pids, call: (i: number) => Promise<void>) => () => costed(pids, () => inTurn(call, TIMES))

const NAMES = {
  ours: 'upload to published',
  floor: 'its floor',
  bare: 'bare sharp',
  lean: 'bare sharp, decoding once',
}

type Side = keyof typeof NAMES

function tell(measured: Record<Side, Costed[]>): void {
  const compare = (one: Side, other: Side) =>
    reportCosts(
      TITLE,
      { ours: NAMES[one], reference: NAMES[other] },
      { ours: measured[one], reference: measured[other] },
    )
  compare('ours', 'bare')
  compare('ours', 'floor')
  compare('floor', 'bare')
  compare('ours', 'lean')
}

function mustBe(expected: string, actual: string): void {
  if (actual !== expected) throw new Error(`the photo is ${actual}, not ${expected}`)
}
