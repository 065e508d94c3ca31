import type { Service } from '../../environment/system/services.js'
import type { Asked } from '../round-trips/round-trips.js'
import { tripsAmong } from './operation.js'

it('tells what an operation asks for, where a call is several', () => {
  const asked = (what: string, requestId?: string): Asked => ({ what, at: 0, ...(requestId && { requestId }) })
  const taken = new Map<Service, Asked[]>([
    ['gateway', [asked('GET media', 'a'), asked('GET media', 'b')]],
    ['analytics', [asked('update tallies')]],
  ])
  const trips = tripsAmong(taken, 2 * 20)
  expect(trips.get('gateway')).toEqual({ within: { calls: 0.05 }, behind: {} })
  expect(trips.get('analytics')).toEqual({ within: {}, behind: { 'commands of MongoDB': 0.025 } })
})
