import { check } from './check.js'
import { smallWorld, told, type World } from './small-world.js'
import type { Command } from '../evidence/history.js'
import type { Observed, Stored } from '../evidence/observed.js'
import type { Violation } from './violation.js'

function rulesAfter(spoil: (world: World) => void): Violation['rule'][] {
  const world = smallWorld()
  spoil(world)
  return [...new Set(check(world.attempts, world.seen).map(({ rule }) => rule))].sort()
}

const collection = ({ seen }: World, service: string, name: string) => seen.documents[service]![name]!
const topic = ({ seen }: World, name: string) => seen.records[name]!

describe('the checker', () => {
  it('has nothing to say of a world in which all went well', () => expect(rulesAfter(() => undefined)).toEqual([]))

  it.each<[string, Violation['rule'][], (world: World) => void]>([
    ['an event that was lost', ['lost event'], (w) => topic(w, 'media.photo').splice(1, 1)],
    ['a receipt that nobody was told of', ['lost event'], (w) => topic(w, 'identity.consent').splice(0, 1)],
    ['a mail that was sent and not told', ['lost event'], (w) => topic(w, 'notifications.email').splice(0, 1)],
    [
      'a fact that was told twice under two ids',
      ['doubled event'],
      (w) => topic(w, 'identity.account').push({ ...registered(w), offset: 1_000_000 }),
    ],
    [
      'an event without its state',
      ['event without its state'],
      (w) => (collection(w, 'media', 'photos')[0]!.version = 1),
    ],
    ['a doubled visible effect', ['unasked effect', 'wrong projection'], doubleView],
    ['events of one key out of order', ['wrong order'], (w) => swapOffsets(topic(w, 'identity.consent'))],
    ['events of one key in two partitions', ['wrong order'], (w) => (topic(w, 'media.photo')[1]!.partition = 4)],
    ['an account that nobody registered', ['unasked effect', 'wrong projection'], (w) => w.attempts.splice(0, 1)],
    [
      'a consent that was acknowledged and is gone',
      ['lost command', 'unasked effect'],
      (w) => (w.attempts[5]!.id = 'x'),
    ],
    ['a registration that is gone', ['lost command'], (w) => (w.attempts[0]!.id = 'another')],
    [
      'a session that outlived its password',
      ['event without its state', 'lost command'],
      (w) => (collection(w, 'identity', 'sessions')[0]!['endedAt'] = null),
    ],
    [
      'a session that ended for no reason',
      ['unasked effect'],
      (w) => (collection(w, 'identity', 'sessions')[1]!['endedBy'] = 'password-changed'),
    ],
    [
      'a log-off that was not done',
      ['event without its state', 'lost command'],
      (w) => (collection(w, 'identity', 'sessions')[1]!['endedAt'] = null),
    ],
    ['a log-off that nobody asked for', ['unasked effect'], (w) => w.attempts.pop()],
    ['a session whose end nobody heard of', ['lost event'], (w) => topic(w, 'identity.session').pop()],
    [
      'a password that is still the former one',
      ['lost command', 'unasked mail'],
      (w) => topic(w, 'identity.account').pop(),
    ],
    ['a mail to somebody who had not forgotten the password', ['unasked effect'], (w) => forget(w, 'request-reset')],
    [
      'a damaged picture that is shown',
      ['lost command'],
      (w) => ((w.attempts[9]!.asked as { damaged: boolean }).damaged = true),
    ],
    ['a follow that ended as it should not', ['lost command', 'wrong projection'], endFollow],
    ['a title that is another one', ['lost command'], (w) => (collection(w, 'media', 'photos')[0]!['title'] = 'Land')],
    [
      'a photo that is still being processed',
      ['lost command'],
      (w) => (collection(w, 'media', 'photos')[0]!['status'] = 'processing'),
    ],
    ['a follower that media does not know', ['wrong projection'], (w) => collection(w, 'media', 'follows').pop()],
    [
      'a follower that media should have forgotten',
      ['wrong projection'],
      (w) => (collection(w, 'media', 'follows')[0]!['following'] = false),
    ],
    [
      'a number of followers from before a follow',
      ['wrong projection'],
      (w) => (collection(w, 'profiles', 'profiles')[1]!['tally'] = { epoch: 2, followers: 0, following: 0 }),
    ],
    [
      'a consent that was projected wrongly',
      ['wrong projection'],
      (w) => (collection(w, 'notifications', 'consents')[0]!['granted'] = true),
    ],
    [
      'a profile that does not exist',
      ['event without its state', 'wrong projection'],
      (w) => collection(w, 'profiles', 'profiles').pop(),
    ],
    [
      'a name that identity still keeps',
      ['wrong projection'],
      (w) => (collection(w, 'identity', 'accounts')[0]!['fullName'] = 'Ann'),
    ],
    [
      'a view that was counted twice',
      ['wrong projection'],
      (w) => (collection(w, 'analytics', 'site_traffic')[0]!['total'] = 3),
    ],
    [
      'a day that misses a view',
      ['wrong projection'],
      (w) => (collection(w, 'analytics', 'page_days')[0]!['total'] = 1),
    ],
    [
      'a rank that is out of date',
      ['wrong projection'],
      (w) => (collection(w, 'media', 'photos')[0]!['views'] = { total: 1, sequence: 0 }),
    ],
    ['a mail that never arrived', ['lost mail'], (w) => w.seen.mails.pop()],
    [
      'a mail that waits',
      ['event without its state', 'lost mail', 'unasked mail'],
      (w) => (collection(w, 'notifications', 'emails')[0]!['status'] = 'queued'),
    ],
    ['a mail that arrived twice', ['doubled mail'], (w) => w.seen.mails.push(w.seen.mails[0]!)],
    [
      'a mail of which nothing is known',
      ['unasked mail'],
      (w) => w.seen.mails.push({ ...w.seen.mails[0]!, messageId: '<x@localhost>' }),
    ],
    ['an event that was not published', ['left behind'], (w) => w.seen.unpublished.push('media.photos/1')],
    ['an event that the relay gave up', ['left behind'], (w) => w.seen.refused.push('event')],
    [
      'a dead letter',
      ['dead letter'],
      (w) => w.seen.deadLetters.push({ topic: 't', group: 'g', origin: 't/0/1', eventId: 'e' }),
    ],
  ])('finds %s', (_, rules, spoil) => expect(rulesAfter(spoil)).toEqual(rules))

  it('takes the same record twice for what it is: at least once', () => {
    const { attempts, seen } = smallWorld()
    for (const records of Object.values(seen.records))
      records.push(...records.map((r) => ({ ...r, offset: r.offset + 1_000 })))
    expect(check(attempts, seen)).toEqual([])
  })

  it('lets a mail come twice whose record was missing when its sender died, and no other', () => {
    const { attempts, seen } = smallWorld()
    const death = { from: new Date(60_000), to: new Date(61_000) }
    const [open, settled, later] = seen.documents['notifications']!['emails']!
    const doubled = (...spoilt: (Stored | undefined)[]) =>
      check(attempts, { ...seen, mails: [...seen.mails, ...again(seen, spoilt)] }, { deaths: [death] })
    open!['finishedAt'] = new Date(62_000)
    later!['createdAt'] = new Date(62_000)
    expect(doubled(open)).toEqual([])
    expect(doubled(settled, later).map(({ rule, about }) => [rule, about])).toEqual([
      ['doubled mail', settled!._id],
      ['doubled mail', later!._id],
    ])
  })

  it('lets an attempt without an answer have happened, or not', () => {
    const { attempts, seen } = smallWorld()
    const asked = { kind: 'view', page: '/photos/photo-1' } as const
    attempts.push({ command: 99, asked, outcome: 'unknown', status: 503 })
    expect(check(attempts, seen)).toEqual([])
    attempts.push({ command: 99, asked, outcome: 'acknowledged', status: 202 })
    expect(check(attempts, seen).map(({ rule }) => rule)).toEqual(['lost command'])
  })

  it('misses a poison event that is in no dead letter', () => {
    const { attempts, seen } = smallWorld()
    expect(check(attempts, seen, { poison: ['e'] }).map(({ rule }) => rule)).toEqual(['dead letter'])
    seen.deadLetters.push({ topic: 't', group: 'g', origin: 't/0/1', eventId: 'e' })
    expect(check(attempts, seen, { poison: ['e'] })).toEqual([])
  })
})

/** The first registration once more, as if it were another fact. */
function registered(world: World) {
  const first = topic(world, 'identity.account')[0]!
  return { ...first, headers: { ...first.headers, ce_id: 'again', ce_sequence: '4' } }
}

function doubleView(world: World): void {
  const { key, value, headers } = topic(world, 'traffic.page-view')[0]!
  topic(world, 'traffic.page-view').push(
    told({ type: headers['ce_type']!, key: key!, data: JSON.parse(value!) as object }),
  )
}

const again = ({ mails }: Observed, emails: (Stored | undefined)[]) =>
  mails.filter(({ messageId }) => emails.some((email) => messageId.includes(email!._id)))

function forget({ attempts }: World, kind: Command['kind']): void {
  attempts.splice(
    attempts.findIndex(({ asked }) => asked.kind === kind),
    1,
  )
}

function swapOffsets([a, b]: { offset: number }[]): void {
  ;[a!.offset, b!.offset] = [b!.offset, a!.offset]
}

function endFollow(world: World): void {
  collection(world, 'profiles', 'follows')[0]!['active'] = false
}
