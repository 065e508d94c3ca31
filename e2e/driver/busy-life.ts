import { analytics, identity, notifications, profiles } from '@mpics/contracts'
import { eventually } from '@mpics/testing/eventually'
import { readTopic } from '@mpics/tools/tour/kcat'
import { Browser } from '@mpics/tools/people/browser'
import { Member, newPerson } from '@mpics/tools/people/member'
import { join } from 'node:path'
import { exported } from './exported-to.js'
import { parts, type Running } from './system.js'

const ROCKET = join(import.meta.dirname, '../../tools/photographs/rocket.jpg')

/** The person's input, so that it can be looked for. */
export const TOLD = { bio: 'canary bio of a canary', title: 'canary title of a picture', place: 'canary place' }

/** Two people do everything that leaves something about the first in a store; resolves when all of it is there. */
export async function busyLife(running: Running): Promise<{ person: Member; photoId: string }> {
  const { api, mailbox } = parts(running)
  const [person, friend] = ['canary', 'friend'].map((name) => new Member(newPerson(name, `${name} Quux`), api, mailbox))
  await Promise.all([person!.join(), friend!.join()])
  await tellAll(person!)
  await api.call(identity.logIn, { body: { login: person!.person.email, password: 'not the password' } }).catch(() => 0)
  await api.call(identity.requestPasswordReset, { body: { email: person!.person.email } })
  await friend!.follow(person!.person.handle)
  await person!.follow(friend!.person.handle)
  const photoId = await person!.upload(ROCKET, { title: TOLD.title, place: TOLD.place, visibility: 'public' })
  await person!.published(photoId)
  await exported(running, person!)
  await mailbox.find(person!.person.email, /follow/i)
  await mailbox.find(person!.person.email, /reset/i)
  await mailbox.find(friend!.person.email, /follow/i)
  await lookAt(running, `/photos/${photoId}`, `/photos/${photoId}`)
  await lookAt(running, `/@${person!.person.handle}`, `/profiles/${person!.accountId}`)
  return { person: person!, photoId }
}

async function tellAll(person: Member): Promise<void> {
  const { api } = person
  await api.call(profiles.changeMyProfile, { body: { bio: TOLD.bio, location: TOLD.place } })
  await api.call(notifications.putEmailSettings, { body: { messages: 'weekly' } })
  await person.consent('email-news')
}

/** A browser looks at a page; waits until it is counted under its key. */
async function lookAt(running: Running, page: string, key: string): Promise<void> {
  const { api, kafkaBrokers, kafkaPrefix } = parts(running)
  await new Browser(api).view(page)
  const topic = `${kafkaPrefix}${analytics.viewTotalUpdated.topic.name}`
  await eventually(`${page} to be counted`, async () =>
    (await readTopic(kafkaBrokers, topic)).some((record) => record.key === key),
  )
}
