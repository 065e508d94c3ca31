import { randomUUID } from 'node:crypto'
import type { ApiClient } from '@mpics/api-client'
import { identity } from '@mpics/contracts'
import type { Mailbox } from '../../people/mailbox.js'
import { Member, newPerson } from '../../people/member.js'
import type { Bench } from '../measuring/bench.js'
import { inTurn } from '../measuring/measure.js'
import { type Share, shareSlower } from '../measuring/pairs.js'

const PAIRS_A_ROUND = 240
/** More requests for an address would be refused, whether or not an account has it. */
const TIMES_AN_ADDRESS = 3
const CONCURRENCY = 8
const WARM_UP = 30

/** “Forgot password” for addresses with and without an account, in turn: can anybody tell by the time which is which? */
export async function benchForgottenPasswords({ api, mailbox, rounds }: Bench): Promise<void> {
  const pairs = rounds * PAIRS_A_ROUND
  const known = await addressesOf(api, mailbox, Math.ceil((pairs + WARM_UP) / TIMES_AN_ADDRESS))
  const unknown = known.map(() => `nobody.${randomUUID()}@example.org`)
  const ask = async (addresses: readonly string[], n: number) => {
    const body = { email: addresses[n % addresses.length]! }
    const { p50 } = await inTurn(() => api.call(identity.requestPasswordReset, { body }), 1)
    return p50
  }
  const measured: [number, number][] = []
  for (let n = 0; n < WARM_UP + pairs; n++) {
    const pair = await inAnyOrder(
      () => ask(known, n),
      () => ask(unknown, n),
    )
    if (n >= WARM_UP) measured.push(pair)
  }
  report(shareSlower(measured))
}

async function inAnyOrder(first: () => Promise<number>, second: () => Promise<number>): Promise<[number, number]> {
  if (Math.random() < 0.5) return [await first(), await second()]
  const other = await second()
  return [await first(), other]
}

async function addressesOf(api: ApiClient, mailbox: Mailbox, count: number): Promise<string[]> {
  const people = Array.from({ length: count }, () => new Member(newPerson('forgetful', 'Forgetful'), api, mailbox))
  for (let from = 0; from < count; from += CONCURRENCY)
    await Promise.all(
      people.slice(from, from + CONCURRENCY).map(async (member) => {
        await member.register()
        await member.verify()
      }),
    )
  return people.map(({ person }) => person.email)
}

function report({ share, from, to, pairs }: Share): void {
  const within = from >= 0.45 && to <= 0.55 ? 'within' : 'NOT within'
  const [p, low, high] = [share, from, to].map((value) => value.toFixed(3))
  console.log(`\nForgotten password, address with an account against one without (${pairs} pairs)`)
  console.log(`  P(slower) ${p}   95 % interval ${low}–${high}, ${within} 0.45–0.55`)
}
