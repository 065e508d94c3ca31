import { createTopics } from '@mpics/eventing'
import { profiles } from '@mpics/contracts'
import type { ApiClient } from '@mpics/api-client'
import type { Mailbox } from '../../people/mailbox.js'
import { Member, newPerson } from '../../people/member.js'
import type { Bench } from '../measuring/bench.js'
import { inTurn, inTurns, until } from '../measuring/measure.js'
import { bareEventToMail } from '../references/event-to-mail.js'
import { floorFollowToMail } from '../references/floor/follow-to-mail.js'
import { report } from '../measuring/report.js'

const TIMES = 10

/** From a follow to its mail in the sink, against bare kafkajs and nodemailer. All are seen through the sink's web API. */
export async function benchEventToMail({ api, mailbox, system, rounds }: Bench): Promise<void> {
  const prefix = `bench-mail${Date.now()}-`
  for (const own of [prefix, `${prefix}floor-`])
    await createTopics({ brokers: system.stack.kafkaBrokers.split(','), prefix: own })
  const bare = await bareEventToMail(
    system.stack.kafkaBrokers,
    `${prefix}${profiles.followStarted.topic.name}`,
    system.stack.smtpUrl,
  )
  const floor = await floorFollowToMail(
    system.services.profiles.env['MONGODB_URI']!,
    system.stack.kafkaBrokers,
    `${prefix}floor-${profiles.followStarted.topic.name}`,
    system.stack.smtpUrl,
  )
  const pairs = await pairsOf(api, mailbox, TIMES * (rounds + 1))
  const mails = async (address: string) => (await mailbox.all(address)).length
  let serial = 0
  const seen = new Map(
    await Promise.all(
      pairs.map(({ photographer: { person } }) => mails(person.email).then((count) => [person.email, count] as const)),
    ),
  )
  const ours = async () => {
    const { follower, photographer } = pairs.pop()!
    const { email, handle } = photographer.person
    const expected = seen.get(email)! + 1
    seen.set(email, expected)
    await follower.follow(handle)
    await until('the follow mail', async () => (await mails(email)) >= expected)
  }
  const mailOf = (program: { call: (key: string) => Promise<unknown> }) => async () => {
    const key = `bare-${prefix}${serial++}`
    await program.call(key)
    await until('the bare mail', async () => (await mails(`${key}@example.org`)) > 0)
  }
  const measured = await inTurns(
    {
      ours: () => inTurn(ours, TIMES),
      reference: () => inTurn(mailOf(bare), TIMES),
      floor: () => inTurn(mailOf(floor), TIMES),
    },
    rounds,
  )
  await Promise.all([bare.stop(), floor.stop()])
  const [mail, least] = ['follow to mail in the sink', 'outbox, relay, record of delivery']
  report('Event to mail', { ours: mail, reference: 'bare kafkajs and nodemailer' }, measured)
  report('Event to mail, its floor', { ours: mail, reference: least }, { ...measured, reference: measured.floor })
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
