import type { Attempt, Command } from '../evidence/history.js'
import { collectionOf, type Fact, factsIn, type Observed, type Stored } from '../evidence/observed.js'
import { changed, lost, openOf, unasked } from './counted.js'
import { historyOf, issued, type Issued, openIn } from './issued.js'
import { violation, type Violation } from './violation.js'

type Seen = Pick<Observed, 'records' | 'documents'>
type Kind = Exclude<Extract<Command, { accountId: string }>['kind'], 'consent' | 'mail-setting' | 'visibility'>
type Asked = Issued<Extract<Command, { kind: Kind }>>

const typeOf = (name: string) => `identity.account.${name}.v1`

/** Acts that take each other back. Whether the first of them was the last is a part of the account. */
const TURNS: { name: string; did: Kind; undid: Kind; begun: string; over: string; is: (account: Stored) => boolean }[] =
  [
    {
      name: 'closing',
      did: 'close-account',
      undid: 'restore-account',
      begun: typeOf('closure-requested'),
      over: typeOf('closure-cancelled'),
      is: ({ closure }) => Boolean(closure),
    },
    {
      name: 'lock',
      did: 'lock',
      undid: 'unlock',
      begun: typeOf('locked'),
      over: typeOf('unlocked'),
      is: ({ lock }) => Boolean(lock),
    },
    {
      name: 'authenticator',
      did: 'add-factor',
      undid: 'remove-factor',
      begun: typeOf('factor-added'),
      over: typeOf('factor-removed'),
      is: ({ factors }) => Boolean(factors?.totp?.confirmedAt),
    },
  ]

interface Counted {
  kinds: Kind[]
  type: string
  /** Bounds those that are certain: notifications sends so many mails at once; later requests have the same answer. */
  most?: number
  /** However often it is asked for. */
  once?: boolean
}

/** Commands that each have one fact about their account. */
const COUNTED: Counted[] = [
  { kinds: ['request-reset'], type: typeOf('password-reset-requested'), most: 3 },
  { kinds: ['reset-password', 'change-password'], type: typeOf('password-changed') },
  { kinds: ['request-address'], type: typeOf('email-change-requested') },
  { kinds: ['confirm-address'], type: typeOf('email-changed'), once: true },
  { kinds: ['drop-address'], type: typeOf('email-change-dropped'), once: true },
  { kinds: ['make-recovery-codes'], type: typeOf('recovery-codes-made') },
  { kinds: ['use-recovery-code'], type: typeOf('recovery-code-used') },
]

const typeOfKind = new Map<string, string>([
  ...TURNS.flatMap(({ did, undid, begun, over }) => [[did, begun] as const, [undid, over] as const]),
  ...COUNTED.filter(({ most }) => most === undefined).flatMap(({ kinds, type }) =>
    kinds.map((kind) => [kind, type] as const),
  ),
])
const KINDS = [...new Set([...typeOfKind.keys(), 'request-reset'])] as Kind[]

/** Each command that changes an account has its fact, once and in order, and the account is as the last one left it. */
export function accountViolations(attempts: readonly Attempt[], seen: Seen): Violation[] {
  const asked = Map.groupBy(issued(attempts, ...KINDS) as Asked[], (one) => one.asked.accountId)
  const facts = Map.groupBy(factsIn(seen, 'identity.account'), ({ key }) => key)
  return collectionOf(seen, 'identity', 'accounts').flatMap((account) => {
    const mine = asked.get(account._id) ?? []
    const told = (facts.get(account._id) ?? []).sort((a, b) => a.sequence - b.sequence)
    return [
      ...TURNS.flatMap((turn) => oneTurn(account, mine, told, turn)),
      ...COUNTED.flatMap((counted) => counts(account._id, mine, told, counted)),
      ...inOrder(account._id, mine, told),
      ...address(account, mine, attempts),
    ]
  })
}

const certain = (commands: readonly Asked[]) => commands.filter(({ acknowledged }) => acknowledged)

function oneTurn(
  account: Stored,
  mine: readonly Asked[],
  told: readonly Fact[],
  { name, did, undid, begun, over, is }: (typeof TURNS)[number],
): Violation[] {
  const about = `${name} of ${account._id}`
  const commands = mine.filter(({ asked }) => asked.kind === did || asked.kind === undid)
  const facts = told.filter(({ type }) => type === begun || type === over)
  const history = historyOf(
    false,
    commands.map((one) => ({ value: one.asked.kind === did, issued: one })),
  )
  const twice = facts.filter(({ type }, i) => type === (facts[i - 1]?.type ?? over))
  const last = facts.at(-1)?.type === begun
  return [
    ...changed(about, history, facts.length - twice.length, is(account)),
    ...twice.map(({ type, sequence }) => violation('doubled event', about, `${type} of ${sequence} follows itself`)),
    ...(last && !is(account) ? [violation('event without its state', about, 'the last event says so')] : []),
    ...(!last && is(account) ? [violation('lost event', about, 'no event says so')] : []),
  ]
}

function counts(account: string, mine: readonly Asked[], told: readonly Fact[], counted: Counted): Violation[] {
  const { kinds, type, most = Infinity, once } = counted
  const commands = mine.filter(({ asked }) => kinds.includes(asked.kind))
  const [found, acknowledged] = [told.filter((fact) => fact.type === type).length, certain(commands).length]
  const open = once ? commands.filter((one) => !one.acknowledged && openIn(one) > 0).length : openOf(commands)
  const [about, detail] = [`${type} of ${account}`, `${found} of ${acknowledged}, ${open} open`]
  if (found < Math.min(acknowledged, most - open)) return [lost(about, detail)]
  return found > acknowledged + open ? [unasked(about, detail)] : []
}

/** The acknowledged ones of one person, who does one thing after the other. Those without a fact are told of elsewhere. */
function inOrder(account: string, mine: readonly Asked[], told: readonly Fact[]): Violation[] {
  const wanted = certain(mine).flatMap(({ asked }) => typeOfKind.get(asked.kind) ?? [])
  const countOf = (types: readonly string[], type: string) => types.filter((one) => one === type).length
  const types = told.map(({ type }) => type)
  if (wanted.some((type) => countOf(types, type) < countOf(wanted, type))) return []
  let at = 0
  const missed = wanted.find((type) => (at = types.indexOf(type, at) + 1) === 0)
  return missed ? [violation('wrong order', `events of ${account}`, `${missed} comes too early`)] : []
}

function address({ _id, handle, email }: Stored, mine: readonly Asked[], attempts: readonly Attempt[]): Violation[] {
  const registered = issued(attempts, 'register').find(({ asked }) => asked.handle === handle)
  if (!registered) return []
  const changes = mine.flatMap((one) =>
    one.asked.kind === 'confirm-address' ? [{ value: one.asked.email, issued: one }] : [],
  )
  const { finals } = historyOf(registered.asked.email, changes)
  return finals.includes(email as string) ? [] : [lost(`address of ${_id}`, 'is another one')]
}
