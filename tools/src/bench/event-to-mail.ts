import { createTopics } from '@mpics/eventing'
import { followStarted } from '@mpics/contracts'
import { eventually } from '../tour/eventually.js'
import { Member, newPerson } from '../tour/member.js'
import type { Bench } from './bench.js'
import { interleaved, inTurn } from './measure.js'
import { bareEventToMail } from './references/event-to-mail.js'
import { report } from './report.js'

const TIMES = 10

/** From a follow to its mail in the sink, against bare kafkajs and nodemailer. Both are seen through the sink's web API. */
export async function benchEventToMail({ api, mailbox, system, rounds }: Bench): Promise<void> {
  const prefix = `bench-mail${Date.now()}-`
  await createTopics({ brokers: system.stack.kafkaBrokers.split(','), prefix })
  const bare = await bareEventToMail(
    system.stack.kafkaBrokers,
    `${prefix}${followStarted.topic.name}`,
    system.stack.smtpUrl,
  )
  const [photographer, follower] = [
    new Member(newPerson('bench', 'Bench'), api, mailbox),
    new Member(newPerson('bench', 'Bench'), api, mailbox),
  ]
  await photographer.join()
  await follower.join()
  const mails = async (address: string) => (await mailbox.all(address)).length
  let serial = 0
  const ours = async () => {
    const before = await mails(photographer.person.email)
    await follower.follow(photographer.person.handle)
    await eventually('the follow mail', async () => (await mails(photographer.person.email)) > before)
    await follower.unfollow(photographer.person.handle)
  }
  const reference = async () => {
    const key = `bare-${prefix}${serial++}`
    await bare.call(key)
    await eventually('the bare mail', async () => (await mails(`${key}@example.org`)) > 0)
  }
  const comparison = await interleaved(
    () => inTurn(ours, TIMES),
    () => inTurn(reference, TIMES),
    rounds,
  )
  await bare.stop()
  report('Event to mail', { ours: 'follow to mail in the sink', reference: 'bare kafkajs and nodemailer' }, comparison)
}
