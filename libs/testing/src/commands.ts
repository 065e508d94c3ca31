import { OUTBOX_INDEX } from '@mpics/eventing'
import { Connection } from '@mpics/mongo'
import type { TestService } from './test-service.js'

/** An entry of MongoDB's profiler. */
export interface Profiled {
  ns: string
  op: string
  planSummary: string
  keysExamined: number
  docsExamined: number
  nreturned: number
  command: Record<string, unknown>
  /** Of a `getmore`. */
  originatingCommand?: Record<string, unknown>
}

type Command = Record<string, unknown>

/** Published events leave the outbox at some later time, and a relay that gets its lease again looks for those that wait. */
export const isOfRelay = ({ updates, u, hint }: Command): boolean =>
  hint === OUTBOX_INDEX || JSON.stringify(updates ?? u ?? '').includes('$pull')

/**
 * What the service asks of these collections during `work`, such as `find accounts`; also told one by one. It begins at
 * rest, so that nothing of what was done before counts.
 */
export async function commandsOf(
  service: TestService,
  collections: RegExp,
  work: () => PromiseLike<unknown>,
  tell: (what: string, command: Command) => void = () => undefined,
): Promise<string[]> {
  const made: string[] = []
  const heard = ({ commandName, command }: { commandName: string; command: Command }) => {
    const collection = String(command[commandName])
    if (!collections.test(collection) || isOfRelay(command)) return
    const what = `${commandName} ${collection}`
    made.push(what)
    tell(what, command)
  }
  await service.untilIdle()
  const client = service.get<Connection>(Connection).getClient().on('commandStarted', heard)
  try {
    await work()
  } finally {
    client.off('commandStarted', heard)
  }
  return made
}

/** The same as MongoDB saw it: with its plans, and of whoever asks. */
export async function profiled(
  service: TestService,
  collections: RegExp,
  work: () => PromiseLike<unknown>,
): Promise<Profiled[]> {
  const db = service.get<Connection>(Connection).db!
  await service.untilIdle()
  await db.command({ profile: 2 })
  await work()
  await db.command({ profile: 0 })
  const log = db.collection<Profiled>('system.profile')
  const seen = await log.find().sort({ ts: 1 }).toArray()
  await log.drop()
  const ofRelay = ({ command, originatingCommand = {} }: Profiled) => [command, originatingCommand].some(isOfRelay)
  return seen.filter((one) => collections.test(one.ns.replace(/^[^.]*\./, '')) && !ofRelay(one))
}
