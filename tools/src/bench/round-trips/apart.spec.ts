import { gateway } from '@mpics/contracts'
import type { Service } from '../../environment/system/services.js'
import { apart, requestsOf } from './apart.js'
import type { Asked } from './round-trips.js'

const [VIEW, SERVED] = [gateway.pageViewRecorded.type, gateway.requestServed.type]
const asked = (what: string, requestId?: string): Asked => ({ what, at: 0, ...(requestId && { requestId }) })
const named = (all: readonly Asked[]) => all.map(({ what }) => what)

it('tells what is asked for requests from what is asked behind them', () => {
  const ofGateway = [
    asked('GET media', 'a'),
    asked('produce', 'a'),
    asked(VIEW, 'a'),
    asked(SERVED, 'a'),
    asked('produce', 'b'),
    asked(SERVED, 'b'),
  ]
  // notifications asks for an address, behind the request
  const ofIdentity = [asked('find accounts', 'c'), asked('update _leases')]
  const taken = new Map<Service, Asked[]>([
    ['gateway', ofGateway],
    ['media', [asked('find photos', 'a')]],
    ['identity', ofIdentity],
  ])
  const requests = requestsOf(taken)
  expect([...requests]).toEqual(['a'])
  expect(apart(ofGateway, requests).map(named)).toEqual([
    ['GET media', 'produce', VIEW],
    [SERVED, 'produce', SERVED],
  ])
  expect(apart(ofIdentity, requests).map(named)).toEqual([[], ['find accounts', 'update _leases']])
})

it('takes each request for one of the measurement where none came through the gateway', () => {
  const ofProfiles = [asked('find profiles', 'a'), asked('find profiles', 'b'), asked('update _leases')]
  const requests = requestsOf(new Map<Service, Asked[]>([['profiles', ofProfiles]]))
  expect(apart(ofProfiles, requests).map(({ length }) => length)).toEqual([2, 1])
})
