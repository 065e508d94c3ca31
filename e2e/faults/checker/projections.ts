import type { Attempt } from '../evidence/history.js'
import { collectionOf, factsOf, type Fact, type Observed, type Stored } from '../evidence/observed.js'
import { issued } from './issued.js'
import { hiddenAccounts } from './standings.js'
import { expectSame, type Violation } from './violation.js'

type Seen = Pick<Observed, 'records' | 'documents'>

/** A service's copy agrees with the present data of the owner. */
export const projectionViolations = (attempts: readonly Attempt[], seen: Seen): Violation[] => [
  ...profilesOfAccounts(attempts, seen),
  ...followersInMedia(seen),
  ...keptCounts(seen),
  ...consentProjection(seen),
  ...viewTotals(seen),
  ...popularity(seen),
]

const byId = (documents: readonly Stored[]) => new Map(documents.map((document) => [document._id, document]))

function profilesOfAccounts(attempts: readonly Attempt[], seen: Seen): Violation[] {
  const profiles = byId(collectionOf(seen, 'profiles', 'profiles'))
  const names = new Map(issued(attempts, 'register').map(({ asked }) => [asked.handle, asked.fullName]))
  return collectionOf(seen, 'identity', 'accounts').flatMap(({ _id, handle, fullName }) => {
    const found = profiles.get(_id)
    const shown = found && { handle: found['handle'], fullName: found['fullName'], forgotten: fullName === null }
    const wanted = { handle, fullName: names.get(handle as string), forgotten: true }
    return expectSame('wrong projection', `profile of ${_id}`, shown, wanted)
  })
}

function followersInMedia(seen: Seen): Violation[] {
  const copies = byId(collectionOf(seen, 'media', 'follows'))
  const follows = byId(collectionOf(seen, 'profiles', 'follows'))
  return [...new Set([...copies.keys(), ...follows.keys()])].flatMap((pair) => {
    const [copy, follow] = [copies.get(pair), follows.get(pair)]
    const found = copy && { following: copy['following'], sequence: copy['sequence'] }
    const wanted = follow && { following: follow['active'], sequence: follow.version }
    return expectSame('wrong projection', `follow ${pair} in media`, found, wanted)
  })
}

function keptCounts(seen: Seen): Violation[] {
  const hidden = hiddenAccounts(seen)
  const active = collectionOf(seen, 'profiles', 'follows')
    .filter((follow) => follow['active'])
    .map(({ _id }) => _id.split(':') as [string, string])
  return collectionOf(seen, 'profiles', 'profiles').flatMap(({ _id, tally }) => {
    const { followers, following } = (tally ?? {}) as { followers?: number; following?: number }
    if (followers === undefined) return []
    const wanted = {
      followers: active.filter(([follower, followed]) => followed === _id && !hidden.has(follower)).length,
      following: active.filter(([follower, followed]) => follower === _id && !hidden.has(followed)).length,
    }
    return expectSame('wrong projection', `number of follows of ${_id}`, { followers, following }, wanted)
  })
}

interface Entry {
  payload: { purpose: string; granted: boolean }
}

function consentProjection(seen: Seen): Violation[] {
  const projected = collectionOf(seen, 'notifications', 'consents').map(({ _id, granted }) => [_id, granted] as const)
  const wanted = new Map<string, boolean>()
  for (const { _id, entries } of collectionOf(seen, 'identity', 'consents'))
    for (const { payload } of entries as Entry[]) wanted.set(`${_id}:${payload.purpose}`, payload.granted)
  return different('consent', 'in notifications', new Map(projected as [string, boolean][]), wanted)
}

/** A violation for each key whose values differ. */
function different<V>(what: string, where: string, found: Map<string, V>, wanted: Map<string, V>): Violation[] {
  return [...new Set([...found.keys(), ...wanted.keys()])].flatMap((key) =>
    expectSame('wrong projection', `${what} ${key} ${where}`, found.get(key), wanted.get(key)),
  )
}

const counts = ({ data }: Fact) => !data.bot && data.loadKind === 'navigation'
const viewsIn = (seen: Seen) => factsOf(seen, 'traffic.page-view.recorded.v1').filter(counts)

function viewTotals(seen: Seen): Violation[] {
  const views = [...Map.groupBy(viewsIn(seen), ({ key }) => key)].map(([page, all]) => [page, all.length] as const)
  const wanted = new Map(views)
  const totals = collectionOf(seen, 'analytics', 'pages').map(({ _id, total }) => [_id, total as number] as const)
  const days = Map.groupBy(collectionOf(seen, 'analytics', 'page_days'), ({ page }) => page as string)
  const summed = [...days].map(([page, all]) => [page, sum(all.map(({ total }) => total as number))] as const)
  return [
    ...different('views of', 'in all', new Map(totals), wanted),
    ...different('views of', 'by day', new Map(summed), wanted),
  ]
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, n) => total + n, 0)

/** Views of pages that are gone stay in it, as numbers. */
export function siteViolations(seen: Seen): Violation[] {
  const shares = collectionOf(seen, 'analytics', 'site_traffic').filter(({ period }) => period === 'all')
  const found = sum(shares.map(({ total }) => total as number))
  return expectSame('wrong projection', 'views of the site', found, viewsIn(seen).length)
}

/** Analytics' latest total is the sorting key of photos. */
function popularity(seen: Seen): Violation[] {
  const pages = byId(collectionOf(seen, 'analytics', 'pages'))
  return collectionOf(seen, 'media', 'photos').flatMap(({ _id, views }) => {
    const page = pages.get(`/photos/${_id}`)
    const wanted = page ? { total: page['total'], sequence: page.version } : { total: 0, sequence: 0 }
    const { total, sequence } = (views ?? {}) as { total?: number; sequence?: number }
    return expectSame('wrong projection', `views of photo ${_id}`, { total, sequence }, wanted)
  })
}
