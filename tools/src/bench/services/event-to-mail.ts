import { createTopics } from '@mpics/eventing'
import { profiles } from '@mpics/contracts'
import type { ApiClient } from '@mpics/api-client'
import { AnnouncedMails } from '../../people/announced-mails.js'
import type { Mailbox } from '../../people/mailbox.js'
import { Member, newPerson } from '../../people/member.js'
import type { Bench } from '../measuring/bench.js'
import { inTurn, inTurns } from '../measuring/measure.js'
import { Role } from '../eventing/role.js'
import { floorFollowToMail } from '../references/floor/follow-to-mail.js'
import { type Costed, costed, type Pids } from '../measuring/process-figures.js'
import { reportCosts } from '../measuring/report.js'

const TIMES = 50
/** Fewer leave code uncompiled that the measured rounds then compile. */
const WARM_UP = 200
const BARE = '../references/event-to-mail'

/** From a follow to its mail in the sink, against bare kafkajs and nodemailer. All send the same text, and end when the sink announces the mail. */
export async function benchEventToMail({ api, mailbox, system, pids, rounds }: Bench): Promise<void> {
  const prefix = `bench-mail${Date.now()}-`
  const { kafkaBrokers: brokers, smtpUrl } = system.stack
  await createTopics({ brokers: brokers.split(','), prefix })
  const pairs = await pairsOf(api, mailbox, 2 * (TIMES * rounds + WARM_UP) + 1)
  const sink = await AnnouncedMails.of(system.stack.mailApi!)
  const told = tellingOf(pairs, sink)
  const ours = told(({ follower, photographer }) => follower.follow(photographer.person.handle))
  const { email } = pairs.at(-1)!.photographer.person
  await ours()
  const { text, html } = (await mailbox.all(email)).at(-1)!
  const mail = { text, html }
  const bare = await Role.start(BARE, {
    brokers,
    topic: `${prefix}${profiles.followStarted.topic.name}`,
    smtpUrl,
    mail,
  })
  const floor = await floorFollowToMail(system, mail)
  const ofFloor = told(({ follower, photographer }) => floor.follow(photographer.person.handle, follower.accessToken))
  let serial = 0
  const reference = async () => {
    const key = `bare-${prefix}${serial++}`
    await Promise.all([sink.next(`${key}@example.org`), bare.ask('mail', key)])
  }
  const { mongod, kafka } = pids
  const sides = {
    ours: timed({ ...pids, s3: undefined }, ours),
    reference: timed({ 'bare programs': bare.pid, kafka }, reference),
    floor: timed({ ...floor.pids, mongod, kafka }, ofFloor),
  }
  tell(await inTurns(sides, rounds))
  sink.stop()
  await Promise.all([bare.stop(), floor.stop()])
}

function tell({ ours, reference, floor }: Record<'ours' | 'reference' | 'floor', Costed[]>): void {
  const [follow, bare] = ['follow to mail in the sink', 'bare kafkajs and nodemailer']
  const least = 'the least with the same promises'
  reportCosts('Event to mail', { ours: follow, reference: bare }, { ours, reference })
  reportCosts('Event to mail, beside its floor', { ours: follow, reference: least }, { ours, reference: floor })
  reportCosts('Its floor beside the bare programs', { ours: least, reference: bare }, { ours: floor, reference })
}

interface Pair {
  follower: Member
  photographer: Member
}

const timed = (pids: Pids, call: () => Promise<void>) => (warmsUp: boolean) =>
  costed(pids, () => inTurn(call, warmsUp ? WARM_UP : TIMES))

/** Each call is about the next pair, and resolves when the sink has its mail. */
function tellingOf(pairs: Pair[], sink: AnnouncedMails) {
  return (follow: (pair: Pair) => Promise<void>) => async () => {
    const pair = pairs.pop()!
    await Promise.all([sink.next(pair.photographer.person.email), follow(pair)])
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
