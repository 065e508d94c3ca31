import { type ApiClient, ProblemError } from '@mpics/api-client'
import { analytics, media, profiles } from '@mpics/contracts'
import type { KafkaAccess } from '@mpics/eventing'
import { eventually } from '@mpics/testing/eventually'
import { Mailbox } from '../people/mailbox.js'
import { Member } from '../people/member.js'
import { pictureOf } from './pictures.js'
import type { Plan } from './plan.js'
import { stateViews } from './views.js'

export interface SeedParts {
  api: ApiClient
  mailbox: Mailbox
  kafka: KafkaAccess & { site?: string }
  say: (line: string) => void
}

const CONCURRENCY = 4
const PUBLISHED_MS = 600_000

/** Fills a running system by its public API, so that lists and charts show something. What is there is left as it is. */
export async function seed(plan: Plan, { api, mailbox, kafka, say }: SeedParts): Promise<void> {
  const members = plan.people.map((person) => new Member(person, api, mailbox))
  await each(members, (member) => joinOnce(member))
  await each(plan.follows, ([follower, followed]) => members[follower]!.follow(plan.people[followed]!.handle))
  say(`${members.length} people and ${plan.follows.length} follows are there`)
  const ids = await uploadMissing(plan, members, say)
  await each(plan.photos, ({ owner }, i) => published(members[owner]!, ids[i]!))
  const [mostViewed] = (await api.call(analytics.getViews, { query: { page: `/photos/${ids[0]}` } })).items
  if (mostViewed?.total) return say('views are there')
  await stateViews(kafka, plan.views, ids)
  say(`${plan.views.length} views over 30 days are stated`)
}

/** A photo is known by its title, which no other of the plan has. */
async function uploadMissing(plan: Plan, members: readonly Member[], say: SeedParts['say']): Promise<string[]> {
  const known = new Map<string | null, string>()
  await each(members, async ({ api }) => {
    for (const { id, title } of (await api.call(media.listMyPhotos, { query: { limit: 80 } })).items)
      known.set(title, id)
  })
  const missing = plan.photos.filter(({ title }) => !known.has(title))
  await each(missing, async (photo) => {
    const details = { title: photo.title, visibility: 'public' } as const
    known.set(photo.title, await members[photo.owner]!.upload(await pictureOf(photo), details))
  })
  say(`${missing.length} photos are added to ${plan.photos.length - missing.length}`)
  return plan.photos.map(({ title }) => known.get(title)!)
}

/** Somebody of an earlier seed is there already. */
async function joinOnce(member: Member): Promise<void> {
  try {
    await member.join()
  } catch (error) {
    if (!(error instanceof ProblemError) || error.code !== 'identity.handle-taken') throw error
    await member.logIn()
  }
  await eventually(`a profile of ${member.person.handle}`, () => member.api.call(profiles.getMyProfile, {}), 60_000)
}

const published = (member: Member, id: string) =>
  eventually(`photo ${id}`, async () => (await member.photo(id)).status === 'published', PUBLISHED_MS, 500)

/** Some at a time. */
async function each<T>(items: readonly T[], work: (item: T, i: number) => Promise<unknown>): Promise<void> {
  const left = items.entries()
  const worker = async () => {
    for (const [i, item] of left) await work(item, i)
  }
  await Promise.all(Array.from({ length: CONCURRENCY }, worker))
}
