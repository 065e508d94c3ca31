import { gateway } from '@mpics/contracts'
import type { Service } from '../../environment/system/services.js'
import type { Asked } from './round-trips.js'

/** The requests that came through the gateway; none: whoever called a service itself. */
export function requestsOf(taken: ReadonlyMap<Service, readonly Asked[]>): ReadonlySet<string> {
  const ofGateway = (taken.get('gateway') ?? []).filter((asked, i, all) => !isOfServed(asked, i, all))
  const asked = ofGateway.some(({ requestId }) => requestId) ? ofGateway : [...taken.values()].flat()
  return new Set(asked.flatMap(({ requestId }) => requestId ?? []))
}

/** What was asked for these requests, and what was asked behind them. */
export function apart(asked: readonly Asked[], requests: ReadonlySet<string>): [Asked[], Asked[]] {
  const isWithin = (one: Asked, i: number) =>
    one.requestId !== undefined && requests.has(one.requestId) && !isOfServed(one, i, asked)
  return [asked.filter(isWithin), asked.filter((one, i) => !isWithin(one, i))]
}

export const isEvent = ({ what }: Asked): boolean => /\.v\d+$/.test(what)

/** What the gateway tells of served requests goes to Kafka in the name of whichever came first. */
function isOfServed(one: Asked, i: number, all: readonly Asked[]): boolean {
  if (one.what !== 'produce') return one.what === gateway.requestServed.type
  const rest = all.slice(i + 1)
  const end = rest.findIndex((next) => !isEvent(next))
  const events = end < 0 ? rest : rest.slice(0, end)
  return events.length > 0 && events.every(({ what }) => what === gateway.requestServed.type)
}
