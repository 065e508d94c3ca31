import { Member, newPerson } from '../../people/member.js'
import type { Bench } from '../measuring/bench.js'
import { interleaved, inTurn, until } from '../measuring/measure.js'
import { bareRenditions, distinctPhoto } from '../references/bare-sharp.js'
import { report } from '../measuring/report.js'

const TIMES = 5

/** From the first byte sent to the photo answered as published, one at a time, against bare sharp on the same bytes. */
export async function benchPhotoReady({ api, mailbox, rounds }: Bench): Promise<void> {
  const member = new Member(newPerson('bench', 'Bench'), api, mailbox)
  await member.join()
  let n = 0
  const photos = await Promise.all(Array.from({ length: TIMES }, (_, i) => distinctPhoto(i)))
  const upload = async (i: number) => {
    const id = await member.upload(new Uint8Array(photos[i]!), { title: `bench ${n++}` })
    await until('the photo', async () => (await member.photo(id)).status === 'published')
  }
  const comparison = await interleaved(
    () => inTurn(upload, TIMES),
    () => inTurn(async (i) => void (await bareRenditions(photos[i]!)), TIMES),
    rounds,
  )
  report('Photo of 6 MP, upload to ready', { ours: 'upload to published', reference: 'bare sharp' }, comparison)
}
