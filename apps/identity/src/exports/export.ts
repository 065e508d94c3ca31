import { decide, type Decision, identity, unchanged } from '@mpics/contracts'
import { DAY_MS } from '@mpics/contracts/durations'
import type { RightsService } from '@mpics/rights'

export const writers: readonly RightsService[] = ['identity', 'profiles', 'media', 'notifications', 'analytics']

export interface StoredFile {
  objectKey: string
  sha256: string
  bytes: number
}

/** All that is held about a person, on its way to one file. */
export interface Export {
  id: string
  accountId: string
  status: 'gathering' | 'joining' | 'ready' | 'failed'
  /** One of an account at a time is open. */
  open: boolean
  requestedAt: Date
  parts: Partial<Record<RightsService, StoredFile>>
  /** The replica that joins the parts; another one takes over when it has not been heard of until then. */
  joiner: { id: string; until: Date; joined: number } | null
  file: StoredFile | null
  /** From then on all of it goes. */
  endsAt: Date
}

/** As long as its events are kept, and as long as the finished file. */
const LIFE_MS = 7 * DAY_MS
const JOINER_MS = 30_000

const after = (now: Date, ms: number) => new Date(now.getTime() + ms)
const about = ({ id, accountId }: Export) => ({ accountId, exportId: id })

export function requestExport(id: string, accountId: string, now: Date): Decision<Export> {
  const wanted: Export = {
    ...{ id, accountId, status: 'gathering', open: true, requestedAt: now, parts: {} },
    ...{ joiner: null, file: null, endsAt: after(now, LIFE_MS) },
  }
  return decide(wanted, identity.exportRequested.of(about(wanted)))
}

export const waitingFor = ({ parts }: Pick<Export, 'parts'>): RightsService[] => writers.filter((name) => !parts[name])

/** The first part of a service counts. */
export function takePart(current: Export, service: RightsService, part: StoredFile): Decision<Export> {
  if (current.status !== 'gathering' || current.parts[service]) return unchanged(current)
  const parts = { ...current.parts, [service]: part }
  return decide({ ...current, parts, status: waitingFor({ parts }).length === 0 ? 'joining' : 'gathering' })
}

/** Takes the work, or says that it goes on; another replica's is left to it. */
export function joinParts(current: Export, joiner: string, joined: number, now: Date): Decision<Export> {
  const { joiner: other } = current
  if (current.status !== 'joining' || (other && other.id !== joiner && other.until > now)) return unchanged(current)
  return decide({ ...current, joiner: { id: joiner, joined, until: after(now, JOINER_MS) } })
}

/** One file of several attempts counts: that of the last joiner. */
export function completeExport(current: Export, joiner: string, file: StoredFile, now: Date): Decision<Export> {
  if (current.status !== 'joining' || current.joiner?.id !== joiner) return unchanged(current)
  const ready: Export = { ...current, status: 'ready', open: false, joiner: null, file, endsAt: after(now, LIFE_MS) }
  return decide(ready, identity.exportCompleted.of(about(ready)))
}

/** What did not come together in a week never will; its owner can see so for another one. */
export function giveUp(current: Export, now: Date): Decision<Export> {
  if (!current.open || current.endsAt > now) return unchanged(current)
  return decide({ ...current, status: 'failed', open: false, joiner: null, endsAt: after(now, LIFE_MS) })
}

const PARTS_SHARE = 50

/** In hundredths: the parts are one half, joining them the other. */
export function progressOf(current: Export): number {
  if (current.status === 'ready') return 100
  const share = (PARTS_SHARE * Object.keys(current.parts).length) / writers.length
  const total = Object.values(current.parts).reduce((sum, { bytes }) => sum + bytes, 0)
  return Math.min(99, Math.floor(share + ((100 - PARTS_SHARE) * (current.joiner?.joined ?? 0)) / Math.max(1, total)))
}
