import { homedir } from 'node:os'
import { join } from 'node:path'

/** One for all checkouts of a person: what is fetched is pinned, so it can be shared. */
export const cacheFolder = (env: NodeJS.ProcessEnv = process.env): string =>
  env['MPICS_CACHE'] ?? join(env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'million-pictures')
