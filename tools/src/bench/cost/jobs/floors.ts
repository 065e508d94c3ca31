import { eventually } from '@mpics/testing/eventually'
import { floorLogIns as floorOfLogIns } from '../../references/floor/floor-log-ins.js'
import { caller, nth } from '../scene/calls.js'
import type { Floors } from '../scene/floors.js'
import type { Side } from '../scene/job.js'
import type { Scene } from '../scene/scene.js'
import { ACCOUNTS } from './log-in.js'
import { BATCH, batchOf, KNOWN, LOOK_MS, pageOf } from './page-view.js'

const PASSWORD = 'correct horse battery staple'

const pidsOf = ({ pids }: Scene, own: Side['pids']): Side['pids'] => ({
  ...own,
  mongod: pids['mongod'],
  kafka: pids['kafka'],
})

export async function floorProfiles(scene: Scene): Promise<Side> {
  const { url, pids } = await scene.floors()
  const reader = scene.members[0]!
  return {
    name: 'floor: two hops, $lookup, findOne',
    prepare: () => reader.logIn(),
    pids: pidsOf(scene, pids),
    call: caller(url, 200, (n) => ({
      path: `/profiles/${nth(scene.handles, n)}`,
      headers: { authorization: `Bearer ${reader.accessToken}` },
    })),
  }
}

async function ofPhotos(scene: Scene, name: string, pathOf: (id: string) => string): Promise<Side> {
  const { url, pids } = await scene.floors()
  return {
    name,
    pids: pidsOf(scene, pids),
    call: caller(url, 200, (n) => ({ path: pathOf(nth(scene.photoIds, n)) })),
  }
}

export const floorPhotoPages = async (scene: Scene): Promise<Side> => ({
  ...(await ofPhotos(scene, 'floor: three findOne, HTML, its view', (id) => `/photos/${id}`)),
  ...untilCounted(await scene.floors()),
})

export const floorViews = (scene: Scene) => ofPhotos(scene, 'floor: two hops, two findOne', (id) => `/views/${id}`)

type Body = (photoIds: readonly string[], n: number) => object

async function pageViews(scene: Scene, name: string, photoIds: readonly string[], bodyOf: Body): Promise<Side> {
  const floors = await scene.floors()
  return {
    name,
    pids: pidsOf(scene, floors.pids),
    ...untilCounted(floors),
    call: caller(floors.url, 202, (n) => ({ path: '/page-views', body: bodyOf(photoIds, n) })),
  }
}

/** Totals are announced before views are said to be counted. */
function untilCounted({ url, counterUrl, rankerUrl }: Floors): Pick<Side, 'done' | 'settled'> {
  const isCounted = async () => (await numberAt(counterUrl)) >= (await numberAt(`${url}/recorded`))
  const isRanked = async () => (await numberAt(rankerUrl)) >= (await numberAt(`${counterUrl}/announced`))
  return {
    done: () => eventually('the floor to count its views', isCounted, 60_000, LOOK_MS),
    settled: () => eventually('the floor to rank its photos', isRanked, 60_000, LOOK_MS),
  }
}

const known = ({ photoIds }: Scene) => photoIds.slice(0, KNOWN)

export const floorPageViews = (scene: Scene) =>
  pageViews(scene, 'floor: a look, acks=all, log, tallies, rank', scene.photoIds, pageOf)
export const floorKnownPageViews = (scene: Scene) =>
  pageViews(scene, 'floor: acks=all, log, tallies, rank', known(scene), pageOf)
export const floorBatches = async (scene: Scene): Promise<Side> => ({
  ...(await pageViews(scene, `floor: ${BATCH} a call, acks=all, log, tallies, rank`, known(scene), batchOf)),
  perCall: BATCH,
})

const numberAt = async (url: string) => Number(await (await fetch(url)).text())

export async function floorLogIns({ system, handles, bare, mongod }: Scene): Promise<Side> {
  const uri = system.services.identity.env['MONGODB_URI']!
  const members = handles.slice(0, ACCOUNTS)
  const { url, pids } = await floorOfLogIns(bare, { uri, handles: members, password: PASSWORD })
  const all = await Promise.all(members.map((login) => knownBrowser(url, { login, password: PASSWORD })))
  return {
    name: 'floor: argon2id, one session, ES256',
    pids: { ...pids, ...mongod },
    call: caller(url, 201, (n) => ({ path: '/sessions', body: nth(all, n) })),
  }
}

async function knownBrowser(url: string, credentials: { login: string; password: string }) {
  const [method, headers] = ['POST', { 'content-type': 'application/json' }]
  const answer = await fetch(`${url}/sessions`, { method, headers, body: JSON.stringify(credentials) })
  const { browserToken } = (await answer.json()) as { browserToken: string }
  return { ...credentials, browserToken }
}
