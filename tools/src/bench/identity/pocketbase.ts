import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { cached } from '../../environment/artifacts/cache.js'
import { pocketbaseArtifact } from '../../environment/artifacts/pocketbase.js'
import { cacheFolder } from '../../environment/cache-folder.js'
import { Supervised } from '../../environment/processes/supervised.js'
import { run } from '../../environment/run.js'
import { freePort } from '../../environment/servers/ports.js'
import { inTurn } from '../measuring/measure.js'
import { spent } from '../measuring/process-figures.js'
import { caller } from '../cost/scene/calls.js'
import type { Side } from '../cost/scene/job.js'
import { type Ask, asked, asking } from './ask.js'

const OPERATOR = { identity: 'operator@example.org', password: 'correct horse battery staple' }
const USERS = '/api/collections/users'
/** Their difference is three times the bare time of the first. */
const [COST, DEARER] = [10, 12]
const PROBES = 10

interface Collection {
  fields: { name: string; cost?: number }[]
}

/** PocketBase, with its usual settings; only the cost of bcrypt is changed for some people. */
export class PocketBase {
  static readonly version = pocketbaseArtifact.version

  private constructor(
    private readonly server: Supervised,
    private readonly url: string,
    private readonly ask: Ask,
    private readonly token: string,
  ) {}

  static async start(folder: string): Promise<PocketBase> {
    const program = join(await cached(pocketbaseArtifact, cacheFolder(), () => undefined), 'base')
    const port = await freePort()
    const url = `http://127.0.0.1:${port}`
    const own = ['--dir', join(folder, 'pocketbase'), '--automigrate=false', '--hooksWatch=false']
    await run(program, ['superuser', 'upsert', OPERATOR.identity, OPERATOR.password, ...own])
    const server = new Supervised({
      name: 'PocketBase',
      program,
      args: ['serve', `--http=127.0.0.1:${port}`, ...own],
      env: process.env,
      logFile: join(folder, 'logs/pocketbase.log'),
      ready: async () => (await fetch(`${url}/api/health`)).ok,
    })
    await server.start()
    const ask = asking(url)
    const path = '/api/collections/_superusers/auth-with-password'
    const { token } = await asked<{ token: string }>(ask, 200, { path, body: OPERATOR })
    return new PocketBase(server, url, ask, token)
  }

  /** Log-ins of somebody whose password is hashed at this cost; at the usual one unless told. */
  async logIns(cost?: number): Promise<Side> {
    if (cost !== undefined) await this.setCost(cost)
    const email = `${randomUUID()}@example.org`
    const { password } = OPERATOR
    const record = { email, password, passwordConfirm: password }
    await asked(this.ask, 200, { path: `${USERS}/records`, headers: this.headers, body: record })
    return {
      name: `PocketBase ${PocketBase.version}, bcrypt ${cost ?? `${COST}, as it comes`}`,
      pids: { PocketBase: this.server.pid },
      call: caller(this.url, 200, () => ({ path: `${USERS}/auth-with-password`, body: { identity: email, password } })),
    }
  }

  /** CPU of one bcrypt at this cost, without what a log-in costs beside it, in ms. */
  async bareMs(cost: number): Promise<number> {
    const [cheaper, dearer] = [await this.logIns(COST), await this.logIns(DEARER)]
    const each = async ({ call, pids }: Side) => {
      const [, seconds] = await spent(pids, () => inTurn(call, PROBES))
      return (Object.values(seconds)[0]! * 1000) / PROBES
    }
    await each(cheaper)
    const atCost = ((await each(dearer)) - (await each(cheaper))) / (2 ** (DEARER - COST) - 1)
    return atCost * 2 ** (cost - COST)
  }

  stop(): Promise<void> {
    return this.server.stop('SIGKILL')
  }

  private get headers() {
    return { authorization: this.token }
  }

  private async setCost(cost: number): Promise<void> {
    const { fields } = await asked<Collection>(this.ask, 200, { path: USERS, headers: this.headers })
    const changed = fields.map((field) => (field.name === 'password' ? { ...field, cost } : field))
    await asked(this.ask, 200, { path: USERS, method: 'PATCH', headers: this.headers, body: { fields: changed } })
  }
}
