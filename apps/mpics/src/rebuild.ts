import { setTimeout as delay } from 'node:timers/promises'
import type { ProjectionStatus } from '@mpics/eventing'
import { count, Progress } from './progress.js'
import { ServiceAwayError, type ServiceOperations } from './service-operations.js'

type Rebuild = NonNullable<ProjectionStatus['rebuild']>

const LOOK_MS = 250
/** A service that restarts is waited for: then it is known what became of the rebuild. */
const TIMEOUT_MS = 60_000

/** Orders a rebuild and follows it to its end. */
export async function rebuild(service: ServiceOperations, name: string, allowEmpty: boolean): Promise<Rebuild> {
  const { rebuild: begun } = await service.rebuild(name, allowEmpty)
  const progress = new Progress()
  try {
    for (let now = begun!; ; now = await look(service, name)) {
      if (now.run !== begun!.run) throw new Error(`${name} is being rebuilt anew, by ${now.by}`)
      if (now.state !== 'running') return now
      progress.show(`${now.phase} ${figures(now)}`)
      await delay(LOOK_MS)
    }
  } finally {
    progress.end()
  }
}

async function look(service: ServiceOperations, name: string): Promise<Rebuild> {
  for (const until = Date.now() + TIMEOUT_MS; ; await delay(LOOK_MS))
    try {
      return (await service.projection(name)).rebuild!
    } catch (error) {
      if (!(error instanceof ServiceAwayError) || Date.now() > until) throw error
    }
}

export const figures = ({ marked, scanned, read, added, mended, removed }: Rebuild): string =>
  [
    ...(scanned ? [`${count(scanned)} records`] : []),
    `${count(marked)} were there`,
    `${count(read)} read`,
    `${count(added)} added`,
    `${count(mended)} mended`,
    `${count(removed)} removed`,
  ].join(', ')
