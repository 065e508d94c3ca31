import { setTimeout as wait } from 'node:timers/promises'
import type { Cluster } from './cluster.js'
import { newestOf, rotated } from './rotate-keys.js'

const VARIABLE = 'IDENTITY_SIGNING_KEYS'
/** When the set was written: pods of before do not know it yet. */
const WRITTEN = 'million-pictures/keys-written'
const PODS = 'identity'

export interface Schedule {
  secret: string
  /** While the newest key is younger, it stays. */
  seconds: number
  /** Until the new key signs; all pods must be new ten minutes before. */
  ahead: number
  now: number
  /** Between two tries at a pod whose budget says no. */
  pauseMs: number
}

/** Resolves to what it did. Repeated after a failure it goes on where that was: a key is made once, and pods that know it stay. */
export async function rotateInCluster(
  cluster: Cluster,
  schedule: Schedule,
): Promise<{ made: boolean; pods: string[] }> {
  const { secret: name, seconds, ahead, now, pauseMs } = schedule
  const secret = await cluster.secret(name)
  const present = Buffer.from(secret.data?.[VARIABLE] ?? '', 'base64').toString('utf8')
  const made = (newestOf(present) ?? -Infinity) + seconds <= now
  const written = made ? new Date(now * 1000).toISOString() : secret.metadata.annotations?.[WRITTEN]
  if (made) {
    const next = Buffer.from(rotated(present, { now, signsFrom: now + ahead })).toString('base64')
    await cluster.change(name, secret, { annotations: { [WRITTEN]: written }, data: { [VARIABLE]: next } })
  }
  if (written === undefined) return { made, pods: [] }
  // one that came while the set was written may know the former set, whatever its clock says
  const all = await cluster.pods(PODS)
  const former = all
    .filter(({ metadata }) => made || Date.parse(metadata.creationTimestamp) <= Date.parse(written))
    .map(({ metadata }) => metadata.name)
  for (const pod of former) while (!(await cluster.evict(pod))) await wait(pauseMs)
  return { made, pods: former }
}
