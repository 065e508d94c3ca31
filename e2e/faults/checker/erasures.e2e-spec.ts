import { check, type Allowed } from './check.js'
import { EVA, smallErasure } from './small-erasure.js'
import type { World } from './small-world.js'
import type { Command } from '../evidence/history.js'
import type { Stored } from '../evidence/observed.js'
import type { Violation } from './violation.js'

function rulesAfter(spoil: (world: World) => void, allowed?: Allowed): Violation['rule'][] {
  const world = smallErasure()
  spoil(world)
  return [...new Set(check(world.attempts, world.seen, allowed).map(({ rule }) => rule))].sort()
}

const collection = ({ seen }: World, service: string, name: string) => (seen.documents[service]![name] ??= [])
const topic = ({ seen }: World, name: string) => seen.records[name]!
const keep = (service: string, name: string, document: Stored) => (world: World) =>
  void collection(world, service, name).push(document)
const erasure = (world: World): Stored => collection(world, 'identity', 'erasures')[0]!
const lastMail = ({ seen }: World) => seen.mails.find(({ text }) => text !== '')!
const opened = ({ attempts }: World) =>
  attempts.find(({ asked }) => asked.kind === 'read-export')!.asked as Extract<Command, { kind: 'read-export' }>

describe('the checker', () => {
  it('has nothing to say of somebody who was erased as it was promised', () =>
    expect(rulesAfter(() => undefined)).toEqual([]))

  it.each<[string, Violation['rule'][], (world: World) => void]>([
    ['a setting that is left', ['not forgotten'], keep('notifications', 'settings', { _id: EVA, choices: {} })],
    [
      'a log-in that came after the erasure',
      ['lost command', 'not forgotten'],
      keep('identity', 'sessions', { _id: 'session-late', accountId: EVA, endedAt: null }),
    ],
    [
      'a name in what was entered by another',
      ['not forgotten'],
      keep('identity', 'attempts', { _id: 'x', of: 'eva.1990@people.example' }),
    ],
    [
      'a photo that a service forgot',
      ['not forgotten'],
      keep('analytics', 'days', { _id: 'day', value: '/photos/photo-eva' }),
    ],
    [
      'a follow that is left',
      ['not forgotten', 'wrong projection'],
      keep('media', 'follows', { _id: `${EVA}:account-ben`, following: true, sequence: 1 }),
    ],
    ['a picture that is left', ['not forgotten'], (w) => w.seen.objects.push('pictures/photos/photo-eva/original')],
    ['a name in a log', ['not forgotten'], (w) => (w.seen.logs['media.log'] = `no photo of ${EVA}`)],
    [
      'a title on a topic',
      ['not forgotten'],
      (w) => (topic(w, 'profiles.profile').at(-1)!.value = JSON.stringify({ title: 'A wood' })),
    ],
    ['a consent that is kept for ever', ['not forgotten'], (w) => topic(w, 'identity.consent').pop()],
    ['a total that is kept for ever', ['not forgotten'], (w) => topic(w, 'analytics.view-total').pop()],
    ['a view that went with the page', ['wrong projection'], (w) => site(w, 2)],
    ['an erasure that two events tell of', ['doubled event'], (w) => again(w, 'identity.account', 'erased')],
    ['an erasure that nobody heard of', ['lost event', 'not forgotten'], unheard],
    ['a service that answered twice', ['doubled event'], (w) => again(w, 'media.erasure', 'completed')],
    ['a service that did not answer', ['lost command', 'lost event'], (w) => unanswered(w)],
    ['an erasure that is not over', ['lost command'], (w) => (erasure(w)['finishedAt'] = null)],
    ['an address that is kept', ['lost command'], (w) => (erasure(w)['mail'] = { sealed: 'x' })],
    ['a last mail that never came', ['lost mail'], (w) => w.seen.mails.splice(w.seen.mails.indexOf(lastMail(w)), 1)],
    ['a last mail with another receipt', ['lost mail'], (w) => (lastMail(w).text = 'Here is another receipt.')],
    ['a last mail that came twice', ['doubled mail'], (w) => w.seen.mails.push(lastMail(w))],
    [
      'a mail to somebody who is gone',
      ['unasked mail'],
      (w) => w.seen.mails.push({ ...lastMail(w), messageId: '<news@localhost>' }),
    ],
    ['an erasure that nobody asked for', ['unasked effect'], (w) => void keep('identity', 'erasures', { _id: 'e' })(w)],
    [
      'a friend who was erased, too',
      ['event without its state', 'lost command'],
      (w) => void collection(w, 'identity', 'accounts').splice(1, 1),
    ],
    ['an export without a service', ['lost command'], (w) => opened(w).services.splice(2, 1)],
    ['an export without a photo', ['lost command'], (w) => opened(w).photoIds.pop()],
    ['an export with a damaged file', ['lost command'], (w) => opened(w).broken.push('media/photos.json')],
  ])('finds %s', (_, rules, spoil) => expect(rulesAfter(spoil)).toEqual(rules))

  it('lets a last mail come twice whose sender died, and not one from before', () => {
    const twice = (world: World) => world.seen.mails.push(lastMail(world))
    const death = (at: number) => ({ deaths: [{ from: new Date(at - 100), to: new Date(at) }] })
    expect(rulesAfter(twice, death(10_000))).toEqual([])
    expect(rulesAfter(twice, death(8_000))).toEqual(['doubled mail'])
  })
})

const site = (world: World, total: number) => (collection(world, 'analytics', 'site_traffic')[0]!['total'] = total)

function again(world: World, name: string, type: string): void {
  const first = topic(world, name).find(({ headers }) => headers['ce_type']!.includes(type))!
  const headers = { ...first.headers, ce_id: 'again', ce_sequence: '99' }
  topic(world, name).push({ ...first, headers, offset: first.offset + 1_000 })
}

/** So that a service kept all it had. */
function unheard(world: World): void {
  const all = topic(world, 'identity.account')
  all.splice(
    all.findIndex(({ headers }) => headers['ce_type']!.includes('erased')),
    1,
  )
  collection(world, 'media', 'owners').push({ _id: EVA, hidden: true, sequence: 4 })
}

function unanswered(world: World): void {
  topic(world, 'media.erasure').pop()
  erasure(world)['parts'].splice(2, 1)
}
