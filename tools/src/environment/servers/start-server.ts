import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { cacheFolder } from '../cache-folder.js'
import { UserFacingError } from '../user-facing-error.js'
import { Supervised } from '../processes/supervised.js'
import { cached } from '../artifacts/cache.js'
import type { Say } from '../artifacts/progress.js'
import type { Server } from './server.js'

export async function attach({ title, variable, answers }: Server, configured: string): Promise<void> {
  if (await answers(configured).catch(() => false)) return
  throw new UserFacingError(
    `${variable} is set, but no ${title} answers there. Start that server, or unset ${variable}: then one is started here.`,
  )
}

/** Fetched if need be and configured; not yet running. */
export async function prepare(
  server: Server,
  ports: number[],
  options: { folder: string; forTests?: boolean; say?: Say },
  say: Say,
): Promise<Supervised> {
  const { folder, forTests = false } = options
  const content = server.artifact ? await cached(server.artifact, cacheFolder(), say) : ''
  const data = join(folder, server.name)
  await mkdir(data, { recursive: true })
  say('starting')
  return new Supervised({
    ...(await server.process({ content, data, ports, forTests })),
    name: server.title,
    env: process.env,
    logFile: join(folder, 'logs', `${server.name}.log`),
    say: options.say,
  })
}
