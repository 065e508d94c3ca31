import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { ApiClient } from '@mpics/api-client'
import { createTopics } from '@mpics/eventing'
import { eventually } from '@mpics/testing/eventually'
import { root } from '../../../environment/root.js'
import { launchOf } from '../../../environment/system/launch.js'
import { type Service, serviceNames } from '../../../environment/system/services.js'
import { startSystem, type System } from '../../../environment/system/system.js'
import { Mailbox } from '../../../people/mailbox.js'
import { Member, newPerson } from '../../../people/member.js'
import type { StackBench } from '../../measuring/bench.js'
import { pidsOf } from '../../measuring/pids.js'
import type { Pids } from '../../measuring/process-figures.js'
import { BareServer } from '../../references/bare-server.js'
import { type Asked, RoundTrips } from '../../round-trips/round-trips.js'
import { clonesIn } from './clones.js'
import { type Floors, startFloors } from './floors.js'
import type { Side } from './job.js'

const MEMBERS = 8
/** So many that none comes again while a cache may hold it. */
const CLONES = 10_000
/** Services that have just started catch up with what they missed. Within `LOOK_MS` they ask for so little at rest. */
const [AT_REST, LOOK_MS, REST_MS] = [4, 500, 120_000]
const NO_LIMIT = '100000000'
const limits = ['READ', 'WRITE', 'PAGE_VIEW', 'CREDENTIALS'].map((name) => [`GATEWAY_LIMIT_${name}`, NO_LIMIT])
const gateway = { ...(Object.fromEntries(limits) as Record<string, string>), GATEWAY_TRUSTED_PROXIES: '127.0.0.1,::1' }

/** What was measured, and how many lines each service logged for an operation. */
export interface MeasuredSide {
  job: string
  side: Side
  lines: ReadonlyMap<Service, number>
  /** Sides whose figures cannot be true. */
  impossible: readonly string[]
}

export interface Scene {
  system: System
  /** Whose round trips are told at the end. */
  measured: MeasuredSide[]
  /** Starts the services anew, so that they tell what they ask of others: until then they run as an image starts them. */
  recorded: () => Promise<RoundTrips>
  folder: string
  members: Member[]
  handles: string[]
  photoIds: string[]
  pids: Pids
  mongod: { mongod: number | undefined }
  bare: (name: string, settings?: object) => Promise<BareServer>
  floors: () => Promise<Floors>
  /** Whatever else is stopped with it. */
  alsoStops: <T extends { stop: () => Promise<void> }>(one: T) => T
  stop: () => Promise<void>
}

export async function setScene({ stack }: StackBench, folder: string, clones = CLONES): Promise<Scene> {
  const { addresses } = stack
  const prefix = `cost${Date.now()}-`
  await createTopics({ brokers: addresses.kafkaBrokers.split(','), prefix })
  const system = await startSystem({ stack: addresses, folder, prefix, freePorts: true, extra: { gateway } })
  const members = await peopleOf(system)
  const bare = references()
  let floors: Promise<Floors> | undefined
  const others: { stop: () => Promise<void> }[] = []
  // no job stores pictures
  const pids: Pids = { ...pidsOf(system, stack), s3: undefined }
  const mongod = { mongod: pids['mongod'] }
  return {
    ...{ system, measured: [], folder, members, pids, mongod },
    recorded: () => recorded(system, mkdtempSync(join(folder, 'trips-'))),
    ...(await clonesIn(system, await photoOf(members[0]!), clones)),
    bare: bare.start,
    floors: () => (floors ??= startFloors(system)),
    alsoStops: (one) => {
      others.push(one)
      return one
    },
    stop: async () => {
      bare.stop()
      ;(await floors)?.stop()
      await Promise.all([system, ...others].map((one) => one.stop()))
    },
  }
}

async function recorded(system: System, folder: string): Promise<RoundTrips> {
  const { services } = system
  const roundTrips = new RoundTrips(folder)
  const { environment } = roundTrips
  await Promise.all(serviceNames.map((name) => services[name].stop()))
  // from modules: a bundle has a request's id to itself
  const start = (name: Service) => services[name].start(environment[name], launchOf(name, environment[name]).args)
  await Promise.all(serviceNames.map(start))
  await restingAgain(roundTrips, system)
  return roundTrips
}

/** Waits for the services to be at rest, and resolves to what they have asked for until then. */
export async function restingAgain(roundTrips: RoundTrips, system: System): Promise<Map<Service, Asked[]>> {
  const all = new Map<Service, Asked[]>(serviceNames.map((name) => [name, []]))
  const isResting = async () => {
    const taken = await roundTrips.take(system)
    for (const [service, asked] of taken) all.get(service)!.push(...asked)
    return [...taken.values()].flat().length <= AT_REST
  }
  await isResting()
  await eventually('the services to be at rest', async () => delay(LOOK_MS).then(isResting), REST_MS, 0)
  return all
}

async function peopleOf({ gatewayUrl, stack }: System): Promise<Member[]> {
  const [api, mailbox] = [new ApiClient(gatewayUrl), new Mailbox(stack.mailApi!)]
  const members = Array.from({ length: MEMBERS }, () => new Member(newPerson('bench', 'Bench'), api, mailbox))
  await Promise.all(members.map((member) => member.join()))
  return members
}

async function photoOf(member: Member): Promise<string> {
  const id = await member.upload(join(root, 'tools/photographs/rocket.jpg'), { visibility: 'public' })
  await member.published(id)
  return id
}

function references() {
  const started = new Map<string, Promise<BareServer>>()
  return {
    start: (name: string, settings?: object) => {
      const known = started.get(name) ?? BareServer.start(name, settings)
      started.set(name, known)
      return known
    },
    stop: () => started.forEach((server) => void server.then((one) => one.stop())),
  }
}
