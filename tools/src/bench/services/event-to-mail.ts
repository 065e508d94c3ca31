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

/** From a follow to its mail in the sink, against bare kafkajs and nodemailer. All send the same text, and are seen through the sink's web API. */
export async function benchEventToMail({ api, mailbox, system, rounds }: Bench): Promise<void> {
  const prefix = `bench-mail${Date.now()}-`
  const { kafkaBrokers: brokers, smtpUrl } = system.stack
  await createTopics({ brokers: brokers.split(','), prefix })
  const pairs = await pairsOf(api, mailbox, 2 * TIMES * (rounds + 1) + 1)
  const told = await tellingOf(pairs, mailbox)
  const ours = told(({ follower, photographer }) => follower.follow(photographer.person.handle))
  const { email } = pairs.at(-1)!.photographer.person
  await ours()
  const { text, html } = (await mailbox.all(email)).at(-1)!
  const mail = { text, html }
  const bare = await bareEventToMail({ brokers, topic: `${prefix}${profiles.followStarted.topic.name}`, smtpUrl, mail })
  const floor = await floorFollowToMail(system, mail)
  const ofFloor = told(({ follower, photographer }) => floor.follow(photographer.person.handle, follower.accessToken))
  let serial = 0
  const reference = async () => {
    const key = `bare-${prefix}${serial++}`
    await bare.call(key)
    await until('the bare mail', async () => mailbox.has(`${key}@example.org`, 1))
  }
  const measured = await inTurns(
    {
      ours: () => inTurn(async () => void (await ours()), TIMES),
      reference: () => inTurn(reference, TIMES),
      floor: () => inTurn(async () => void (await ofFloor()), TIMES),
    },
    rounds,
  )
  await Promise.all([bare.stop(), floor.stop()])
  const [follow, least] = ['follow to mail in the sink', 'the least with the same promises']
  report('Event to mail', { ours: follow, reference: 'bare kafkajs and nodemailer' }, measured)
  report('Event to mail, its floor', { ours: follow, reference: least }, { ...measured, reference: measured.floor })
}

interface Pair {
  follower: Member
  photographer: Member
}

/** Each call is about the next pair, and resolves to its mail when the sink shows it. */
async function tellingOf(pairs: Pair[], mailbox: Mailbox) {
  const count = async ({ photographer: { person } }: Pair) =>
    [person.email, (await mailbox.all(person.email)).length] as const
  const seen = new Map(await Promise.all(pairs.map(count)))
  return (follow: (pair: Pair) => Promise<void>) => async () => {
    const pair = pairs.pop()!
    const { email } = pair.photographer.person
    const expected = seen.get(email)! + 1
    seen.set(email, expected)
    await follow(pair)
    await until('the follow mail', () => mailbox.has(email, expected))
  }
}

/** Distinct pairs: a person is not told again and again of one who follows and unfollows. */
async function pairsOf(api: ApiClient, mailbox: Mailbox, count: number): Promise<Pair[]> {
  const members: Member[] = []
  for (let i = 0; i * (i - 1) < count; i++) {
    members.push(new Member(newPerson('bench', 'Bench'), api, mailbox))
    await members[i]!.join()
  }
  const pairs = members.flatMap((follower) => members.map((photographer) => ({ follower, photographer })))
  return pairs.filter(({ follower, photographer }) => follower !== photographer)
}
