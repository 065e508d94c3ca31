import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { cached } from '../../environment/artifacts/cache.js'
import { pocketbaseArtifact } from '../../environment/artifacts/pocketbase.js'
import { cacheFolder } from '../../environment/cache-folder.js'
import { Supervised } from '../../environment/processes/supervised.js'
import { run } from '../../environment/run.js'
import { freePort } from '../../environment/servers/ports.js'
import { type Ask, asked, asking } from '../measuring/ask.js'
import { closedLoop } from '../measuring/measure.js'

const OPERATOR = { identity: 'operator@example.org', password: 'correct horse battery staple' }
export const USERS = '/api/collections/users'
const PEOPLE = '/api/collections/people/records'
const CALLERS = 4

/** PocketBase, with its usual settings. */
export class PocketBase {
  static readonly version = pocketbaseArtifact.version

  private constructor(
    private readonly server: Supervised,
    readonly url: string,
    readonly ask: Ask,
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
    return new PocketBase(server, url, ask, await tokenOf(ask, '/api/collections/_superusers', OPERATOR))
  }

  get pid(): number | undefined {
    return this.server.pid
  }

  /** Of its operator, who may do everything. */
  get headers() {
    return { authorization: this.token }
  }

  async newUser() {
    const { password } = OPERATOR
    const record = { email: `${randomUUID()}@example.org`, password, passwordConfirm: password }
    await asked(this.ask, 200, { path: `${USERS}/records`, headers: this.headers, body: record })
    return { identity: record.email, password }
  }

  /** Paths of so many records that whoever has logged in may read, and the token of somebody who has. */
  async people(count: number) {
    const rule = '@request.auth.id != ""'
    const fields = ['handle', 'fullName', 'bio'].map((name) => ({ name, type: 'text' }))
    const collection = { name: 'people', type: 'base', viewRule: rule, fields }
    await asked(this.ask, 200, { path: '/api/collections', headers: this.headers, body: collection })
    const paths: string[] = []
    const add = async (n: number) => {
      const body = { handle: `person_${n}`, fullName: `Person ${n}`, bio: 'photographs bridges' }
      const { id } = await asked<{ id: string }>(this.ask, 200, { path: PEOPLE, headers: this.headers, body })
      paths.push(`${PEOPLE}/${id}`)
    }
    await closedLoop(add, { callers: CALLERS, times: count })
    return { paths, token: await tokenOf(this.ask, USERS, await this.newUser()) }
  }

  stop(): Promise<void> {
    return this.server.stop('SIGKILL')
  }
}

async function tokenOf(ask: Ask, collection: string, body: object): Promise<string> {
  return (await asked<{ token: string }>(ask, 200, { path: `${collection}/auth-with-password`, body })).token
}
