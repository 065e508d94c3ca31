import type { Attempt, Command } from '../evidence/history.js'
import type { Observed, SeenRecord } from '../evidence/observed.js'
import { issued } from './issued.js'

/** Somebody who was erased. */
export interface Forgotten {
  accountId: string
  /** Of the account, and of all that was told of it. */
  ids: ReadonlySet<string>
  /** What was entered. */
  words: readonly string[]
  addresses: readonly string[]
}

const VIEWS = /^(traffic|analytics)\./
const ENTERED = ['handle', 'email', 'fullName', 'title']

export const forgottenIn = (attempts: readonly Attempt[], seen: Pick<Observed, 'records'>): Forgotten[] =>
  issued(attempts, 'erase-account').map(({ asked: { accountId, handle } }) => {
    const ids = new Set([accountId, ...keysNaming(seen, accountId)])
    const mine = attempts.map(({ asked }) => asked).filter((asked) => concerns(asked, ids, handle))
    const values = (names: string[]) =>
      mine.flatMap((asked) => Object.entries(asked).flatMap(([name, value]) => (names.includes(name) ? [value] : [])))
    return { accountId, ids, words: [...new Set(values(ENTERED))], addresses: [...new Set(values(['email']))] }
  })

/** What there was of everybody else. */
export function ofOthers(attempts: readonly Attempt[], seen: Observed, forgotten: readonly Forgotten[]) {
  const handles = issued(attempts, 'erase-account').map(({ asked }) => asked.handle)
  const isOfOthers = (asked: Command) => !forgotten.some(({ ids }, i) => concerns(asked, ids, handles[i]!))
  const records = Object.entries(seen.records).map(([topic, all]) => {
    return [topic, all.filter((record) => !forgotten.some(({ ids }) => names(record, ids)))] as const
  })
  return {
    attempts: attempts.filter(({ asked }) => isOfOthers(asked)),
    seen: { ...seen, records: Object.fromEntries(records) },
  }
}

export const includesOneOf = (text: string, values: Iterable<string>): boolean => {
  for (const value of values) if (text.includes(value)) return true
  return false
}

const names = ({ key, value }: SeenRecord, ids: ReadonlySet<string>): boolean => includesOneOf(`${key} ${value}`, ids)

/** Pages are no ids, but have them in their names. */
const keysNaming = ({ records }: Pick<Observed, 'records'>, id: string): string[] =>
  Object.entries(records).flatMap(([topic, all]) =>
    VIEWS.test(topic) ? [] : all.flatMap(({ key, value }) => (key && value?.includes(id) ? [key] : [])),
  )

const concerns = (asked: Command, ids: ReadonlySet<string>, handle: string): boolean =>
  ('handle' in asked && asked.handle === handle) || includesOneOf(JSON.stringify(asked), ids)
