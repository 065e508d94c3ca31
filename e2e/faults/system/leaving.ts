import { eventually } from '@mpics/testing/eventually'
import { PassingTime } from '../../driver/passing-time.js'
import type { Guarded } from '../load/guarded.js'
import type { FaultySystem } from './faulty-system.js'

const PUBLISHED_MS = 240_000
const AGAIN_MS = 100

/** Leaves something in every service, takes all of it along, and is to be forgotten. A friend stays. */
export async function leaves(holder: Guarded, faulty: FaultySystem): Promise<void> {
  const { accountId, handle } = holder
  const [friend] = await faulty.newMembers(1)
  const [photo] = holder.photos
  await eventually(`photo ${photo} to be published`, () => holder.sees(photo!), PUBLISHED_MS, AGAIN_MS)
  await friend!.view(`/photos/${photo}`)
  await friend!.view(`/profiles/${accountId}`)
  await friend!.follow(holder)
  await holder.follow(friend!)
  await holder.consent('email-news', true)
  await holder.chooseMails('off')
  await holder.showBio('followers')
  await holder.makeToken()
  await holder.fetchExport()
  await holder.close()
  await new PassingTime(faulty.system).endGrace(accountId)
  faulty.history.assume({ kind: 'erase-account', accountId, handle })
}
