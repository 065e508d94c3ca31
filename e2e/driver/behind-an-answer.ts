import type { Reply } from '@mpics/api-client'
import { gateway } from '@mpics/contracts'
import { eventually } from '@mpics/testing/eventually'
import type { Asked } from '@mpics/tools/bench/round-trips/round-trips'
import type { Service } from '@mpics/tools/environment/system/services'

/** `media: find photos`, and the request that it was asked for. */
interface AskedBy {
  text: string
  requestId?: string
}

/** What services ask again and again, whatever else is done; absent: each of them. All else of the clock comes every five seconds or less often. */
const CONTINUAL: { service?: Service; what: string[]; why: string }[] = [
  { what: ['findAndModify _leases', 'update _leases'], why: 'leases are renewed, and given up' },
  { what: ['getMore'], why: 'the relay reads on in its change stream, after a save or when none came' },
  { what: ['aggregate'], why: 'a look for abandoned transactions, every two seconds' },
  {
    service: 'gateway',
    what: ['produce', gateway.requestServed.type, gateway.pageViewRecorded.type],
    why: 'it tells of served requests each second, in the name of one of them',
  },
  { service: 'analytics', what: ['find request_hours', 'update request_hours'], why: 'it counts these' },
]

const continual = CONTINUAL.flatMap(({ service, what }) => what.map((one) => `${service ?? ''}: ${one}`))
const isContinual = (service: Service, what: string) =>
  continual.includes(`: ${what}`) || continual.includes(`${service}: ${what}`)

/** In the order of services, without what they ask continually. */
export const askedBy = (taken: ReadonlyMap<Service, Asked[]>): AskedBy[] =>
  [...taken].flatMap(([service, all]) =>
    all
      .filter(({ what }) => !isContinual(service, what))
      .map(({ what, requestId }) => ({ text: `${service}: ${what}`, ...(requestId && { requestId }) })),
  )

export interface Behind {
  /** What is asked for in the name of its request is not meant. */
  operation: (n: number) => Promise<Reply>
  /** Comes each time. */
  asked: readonly string[]
  /** May come, so often at most. */
  perhaps?: readonly string[]
}

const MAX_TIMES = 18

/**
 * Compares what an operation asks for behind its answer with what it should. A round of the clock may fall into any time that is looked at: so the operation
 * is repeated, and what is not there each time is no part of it. One time ends when all has come, and the next begins there, so that nothing is lost
 * between them: what comes late counts for the next one.
 */
export async function behindAnswers(take: () => Promise<AskedBy[]>, { operation, asked, perhaps = [] }: Behind) {
  const compared = { missing: [] as string[], surplus: undefined as string[] | undefined }
  // the first time is not like the others, and what came before it is not told apart
  for (let n = 0; n <= MAX_TIMES && compared.surplus?.length !== 0; n++) {
    const { headers } = await operation(n)
    const came = await timeOf(take, asked, headers.get('x-request-id'))
    compared.missing = without(asked, came)
    if (compared.missing.length > 0) break
    if (n === 0) continue
    const more = without(came, [...asked, ...perhaps])
    compared.surplus = compared.surplus ? both(compared.surplus, more) : more
  }
  return compared
}

async function timeOf(take: () => Promise<AskedBy[]>, asked: readonly string[], id: string | null): Promise<string[]> {
  const came: string[] = []
  const look = async () => {
    for (const { text, requestId } of await take()) if (!requestId || requestId !== id) came.push(text)
    return without(asked, came).length === 0
  }
  // what did not come is told by the comparison
  await eventually('all of it', look).catch(() => undefined)
  return came
}

/** Each as often as it is there beyond the others. */
function without(all: readonly string[], others: readonly string[]): string[] {
  const left = [...all]
  for (const one of others) if (left.includes(one)) left.splice(left.indexOf(one), 1)
  return left
}

const both = (some: readonly string[], others: readonly string[]) => without(some, without(some, others))
