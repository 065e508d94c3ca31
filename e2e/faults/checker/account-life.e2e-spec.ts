import { check } from './check.js'
import { smallLife } from './small-life.js'
import type { World } from './small-world.js'
import type { Command } from '../evidence/history.js'
import type { SeenRecord, Stored } from '../evidence/observed.js'
import type { Violation } from './violation.js'

function rulesAfter(spoil: (world: World) => void): Violation['rule'][] {
  const world = smallLife()
  spoil(world)
  return [...new Set(check(world.attempts, world.seen).map(({ rule }) => rule))].sort()
}

const collection = ({ seen }: World, service: string, name: string) => seen.documents[service]![name]!
const the = (world: World, service: string, name: string, id: string) =>
  collection(world, service, name).find(({ _id }) => _id === id)!
const cleo = (world: World): Stored => the(world, 'identity', 'accounts', 'account-cleo')
const dora = (world: World): Stored => the(world, 'identity', 'accounts', 'account-dora')
const shown = { hidden: false, sequence: 8 }

/** The last event of a type. */
function lastOf({ seen }: World, name: string): SeenRecord {
  const [topic, type] = [name.split('.').slice(0, 2).join('.'), `${name}.v1`]
  return seen.records[topic]!.findLast(({ headers }) => headers['ce_type'] === type)!
}

function lose(world: World, name: string): void {
  const event = lastOf(world, name)
  for (const all of Object.values(world.seen.records)) if (all.includes(event)) all.splice(all.indexOf(event), 1)
}

/** As if the service had done it once more. */
function again(world: World, name: string): void {
  const { headers, ...event } = lastOf(world, name)
  const sequence = String(Number(headers['ce_sequence']) + 20)
  const twice = {
    ...event,
    offset: event.offset + 1_000,
    headers: { ...headers, ce_id: 'again', ce_sequence: sequence },
  }
  world.seen.records[name.split('.').slice(0, 2).join('.')]!.push(twice)
}

function forget({ attempts }: World, kind: Command['kind']): void {
  const at = attempts.findLastIndex(({ asked }) => asked.kind === kind)
  attempts.splice(at, 1)
}

describe('the checker', () => {
  it('has nothing to say of accounts that changed as they should', () =>
    expect(rulesAfter(() => undefined)).toEqual([]))

  it.each<[string, Violation['rule'][], (world: World) => void]>([
    [
      'a closing that did nothing',
      ['event without its state', 'lost command', 'wrong projection'],
      (w) => (cleo(w)['closure'] = null),
    ],
    ['a closing that nobody asked for', ['unasked effect'], (w) => forget(w, 'close-account')],
    [
      'a closing whose event was lost',
      ['event without its state', 'lost command', 'lost event', 'unasked mail', 'wrong projection'],
      (w) => lose(w, 'identity.account.closure-requested'),
    ],
    [
      'a closing that was told twice',
      ['doubled event', 'lost mail', 'wrong projection'],
      (w) => again(w, 'identity.account.closure-requested'),
    ],
    ['a lock that nobody took away', ['lost command', 'lost event'], (w) => (cleo(w)['lock'] = { id: 'lock' })],
    [
      'a password that was changed twice',
      ['lost mail', 'unasked effect'],
      (w) => again(w, 'identity.account.password-changed'),
    ],
    [
      'a password that is the former one',
      ['lost command', 'unasked mail'],
      (w) => lose(w, 'identity.account.password-changed'),
    ],
    ['an address that is the former one', ['lost command'], (w) => (dora(w)['email'] = 'dora@people.example')],
    [
      'an address that was changed twice',
      ['lost mail', 'unasked effect'],
      (w) => again(w, 'identity.account.email-changed'),
    ],
    ['an address that changed before it was confirmed', ['lost mail', 'unasked mail', 'wrong order'], (w) => early(w)],
    [
      'a factor that came back',
      ['lost command', 'lost event'],
      (w) => (dora(w)['factors'] = { totp: { confirmedAt: new Date() } }),
    ],
    ['recovery codes that nobody made', ['unasked effect'], (w) => forget(w, 'make-recovery-codes')],
    [
      'a session that outlived the credentials',
      ['event without its state', 'lost command'],
      (w) => (session(w)['endedAt'] = null),
    ],
    [
      'a session that outlived what should have moved the credentials',
      ['event without its state', 'lost command'],
      (w) => Object.assign(session(w), { endedAt: null, endedBy: null, credentials: '6.5000' }),
    ],
    [
      'an acting session that ended with the others',
      ['unasked effect'],
      (w) => (the(w, 'identity', 'sessions', 'session-acting')['endedBy'] = 'password-changed'),
    ],
    ['a token that outlived the password', ['lost command'], (w) => (token(w)['passwordChangedAt'] = new Date(0))],
    [
      'a token that was revoked and is good',
      ['event without its state', 'lost command', 'lost event'],
      (w) => (token(w)['id'] = 'token-revoked'),
    ],
    ['a token whose end nobody heard of', ['lost event'], (w) => lose(w, 'identity.token.revoked')],
    ['a token that nobody made', ['unasked effect'], (w) => forget(w, 'create-token')],
    [
      'a hidden account that profiles shows',
      ['wrong projection'],
      (w) => Object.assign(the(w, 'profiles', 'standings', 'account-cleo'), shown),
    ],
    [
      'a hidden account that media shows',
      ['wrong projection'],
      (w) => Object.assign(the(w, 'media', 'owners', 'account-cleo'), shown),
    ],
    [
      'a hidden account that profiles does not know',
      ['wrong projection'],
      (w) => collection(w, 'profiles', 'standings').pop(),
    ],
    [
      'a profile that is shown',
      ['wrong projection'],
      (w) => (the(w, 'profiles', 'profiles', 'account-cleo')['standing'] = shown),
    ],
    [
      'a follow that is counted',
      ['wrong projection'],
      (w) => delete the(w, 'profiles', 'follows', 'account-cleo:account-ben')['standing'],
    ],
    ['a photo that is shown', ['wrong projection'], (w) => delete the(w, 'media', 'photos', 'photo-cleo')['owner']],
    [
      'a number that counts somebody hidden',
      ['wrong projection'],
      (w) => (the(w, 'profiles', 'profiles', 'account-ben')['tally'] = { epoch: 3, followers: 2, following: 0 }),
    ],
    ['a mail to a former address that is missing', ['lost mail'], (w) => w.seen.mails.pop()],
  ])('finds %s', (_, rules, spoil) => expect(rulesAfter(spoil)).toEqual(rules))

  it('lets an attempt without an answer have happened once, and a repetition of it not', () => {
    const { attempts, seen } = smallLife()
    const at = attempts.findLastIndex(({ asked }) => asked.kind === 'close-account')
    attempts.splice(at, 0, { ...attempts[at]!, outcome: 'unknown', status: 0 })
    expect(check(attempts, seen)).toEqual([])
    again({ attempts, seen }, 'identity.account.closure-requested')
    expect(check(attempts, seen).map(({ rule }) => rule)).toContain('doubled event')
  })
})

const session = (world: World) => the(world, 'identity', 'sessions', 'session-ended')
const token = (world: World) => the(world, 'identity', 'program_tokens', 'account-dora')['tokens'][0] as Stored

/** Exchanges two events of one account. */
function early(world: World): void {
  const [made, changed] = ['identity.account.factor-added', 'identity.account.email-changed'].map((name) =>
    lastOf(world, name),
  )
  ;[made!.headers['ce_type'], changed!.headers['ce_type']] = [changed!.headers['ce_type']!, made!.headers['ce_type']!]
}
