import { PocketBase } from '../../references/pocketbase.js'
import { caller, nth } from '../scene/calls.js'
import type { Side } from '../scene/job.js'
import type { Scene } from '../scene/scene.js'

const RECORDS = 2_000

export async function pocketBaseRead({ folder, alsoStops }: Scene): Promise<Side> {
  const server = alsoStops(await PocketBase.start(folder))
  const { paths, token } = await server.people(RECORDS)
  return {
    name: `PocketBase ${PocketBase.version}, a record`,
    pids: { PocketBase: server.pid },
    call: caller(server.url, 200, (n) => ({ path: nth(paths, n), headers: { authorization: token } })),
  }
}
