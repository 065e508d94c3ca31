import { createTopics } from '@mpics/eventing'
import { profiles } from '@mpics/contracts'
import type { ApiClient } from '@mpics/api-client'
import type { Mailbox } from '../../people/mailbox.js'
import { Member, newPerson } from '../../people/member.js'
import type { Bench } from '../measuring/bench.js'
import { interleaved, inTurn, until } from '../measuring/measure.js'
import { bareEventToMail } from '../references/event-to-mail.js'
import { report } from '../measuring/report.js'

const TIMES = 10

/** From a follow to its mail in the sink, against bare kafkajs and nodemailer. Both are seen through the sink's web API. */
export async function benchEventToMail({ api, mailbox, system, rounds }: Bench): Promise<void> {
  const prefix = `bench-mail${Date.now()}-`
  await createTopics({ brokers: system.stack.kafkaBrokers.split(','), prefix })
  const bare = await bareEventToMail(
    system.stack.kafkaBrokers,
    `${prefix}${profiles.followStarted.topic.name}`,
    system.stack.smtpUrl,
  )
  const pairs = await pairsOf(api, mailbox, TIMES * (rounds + 1))
  const mails = async (address: string) => (await mailbox.all(address)).length
  let serial = 0
  const ours = async () => {
    const { follower, photographer } = pairs.pop()!
    const before = await mails(photographer.person.email)
    await follower.follow(photographer.person.handle)
    await until('the follow mail', async () => (await mails(photographer.person.email)) > before)
  }
  const reference = async () => {
    const key = `bare-${prefix}${serial++}`
    await bare.call(key)
    await until('the bare mail', async () => (await mails(`${key}@example.org`)) > 0)
  }
  const comparison = await interleaved(
    () => inTurn(ours, TIMES),
    () => inTurn(reference, TIMES),
    rounds,
  )
  await bare.stop()
  report('Event to mail', { ours: 'follow to mail in the sink', reference: 'bare kafkajs and nodemailer' }, comparison)
}

/** Distinct pairs: a person is not told again and again of one who follows and unfollows. */
async function pairsOf(api: ApiClient, mailbox: Mailbox, count: number) {
  const members: Member[] = []
  for (let i = 0; i * (i - 1) < count; i++) {
    members.push(new Member(newPerson('bench', 'Bench'), api, mailbox))
    await members[i]!.join()
  }
  const pairs = members.flatMap((follower) => members.map((photographer) => ({ follower, photographer })))
  return pairs.filter(({ follower, photographer }) => follower !== photographer)
}
