import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { UserFacingError } from '../user-facing-error.js'
import { demand } from './requirements.js'
import type { Say } from './progress.js'
import type { Artifact } from './artifact.js'
import { contentsHash, listingHash } from './contents.js'

/** Where the artifact's files are in the cache: as they were fetched, or fetched again if anything in them has changed since. */
export async function cached(artifact: Artifact, cache: string, say: Say): Promise<string> {
  const folder = join(cache, `${artifact.name}-${artifact.version}`)
  const content = join(folder, 'content')
  if (await isIntact(folder, artifact)) return content
  if (existsSync(folder)) say('damaged in the cache, fetching it again')
  else say('fetching')
  for (const requirement of artifact.requires) await demand(requirement, artifact.name, artifact.instead)
  await mkdir(cache, { recursive: true })
  await clearInterrupted(cache)
  const fresh = await mkdtemp(join(cache, `.fetching-${process.pid}-`))
  try {
    await fetchInto(fresh, artifact)
    await place(fresh, folder, artifact)
  } finally {
    await rm(fresh, { recursive: true, force: true })
  }
  return content
}

async function fetchInto(fresh: string, artifact: Artifact): Promise<void> {
  const content = join(fresh, 'content')
  await mkdir(content)
  await artifact.obtain(content).catch((error: Error) => {
    throw new UserFacingError(
      `${artifact.name} ${artifact.version} could not be fetched. ${artifact.mend}\n${error.message}`,
    )
  })
  const hash = await hashOf(content, artifact)
  const expected = artifact.contents ? hash === artifact.contents : await artifact.confirm?.(content)
  if (!expected)
    throw new UserFacingError(
      `What was fetched as ${artifact.name} ${artifact.version} is not what it should be (sha256 ${hash}). ${artifact.mend}`,
    )
  await writeFile(join(fresh, 'sha256'), hash)
}

/** What was made here has no hash that is known before, and may be large: it is told by what a look at its files shows. */
const hashOf = (content: string, { contents }: Artifact) => (contents ? contentsHash(content) : listingHash(content))

/** Renamed into place as a whole, so that a folder of that name is never half full; who else fetched it first has won. */
async function place(fresh: string, folder: string, artifact: Artifact): Promise<void> {
  if (await isIntact(folder, artifact)) return
  await rm(folder, { recursive: true, force: true })
  await rename(fresh, folder).catch(async (error: Error) => {
    if (!(await isIntact(folder, artifact))) throw error
  })
}

async function isIntact(folder: string, artifact: Artifact): Promise<boolean> {
  const recorded = await readFile(join(folder, 'sha256'), 'utf8').catch(() => null)
  if (recorded === null || (artifact.contents ?? recorded) !== recorded) return false
  return (await hashOf(join(folder, 'content'), artifact).catch(() => '')) === recorded
}

async function clearInterrupted(cache: string): Promise<void> {
  for (const name of await readdir(cache)) {
    const pid = Number(/^\.fetching-(\d+)-/.exec(name)?.[1] ?? 0)
    if (pid && !existsSync(`/proc/${pid}`)) await rm(join(cache, name), { recursive: true, force: true })
  }
}
