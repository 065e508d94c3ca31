import { cp, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { cached } from '../../environment/artifacts/cache.js'
import { javaRuntimeArtifact } from '../../environment/artifacts/java-runtime.js'
import { keycloakArtifact } from '../../environment/artifacts/keycloak.js'
import { cacheFolder } from '../../environment/cache-folder.js'
import { Supervised } from '../../environment/processes/supervised.js'
import { freePort } from '../../environment/servers/ports.js'
import { nth } from '../cost/scene/calls.js'
import type { Side } from '../cost/scene/job.js'
import { asked, asking } from '../measuring/ask.js'

const REALM = 'bench'
const CLIENT = 'log-in'
const PASSWORD = 'correct horse battery staple'
const PEOPLE = 40
/** Its first start builds it. */
const READY_MS = 600_000
const FLAGS = ['--import-realm', '--db=dev-file', '--cache=local', '--http-enabled=true', '--hostname-strict=false']

export interface Argon2 {
  memory: number
  iterations: number
  parallelism: number
}

const usernames = Array.from({ length: PEOPLE }, (_, n) => `like-${n}`)

const realm = {
  realm: REALM,
  enabled: true,
  clients: [{ clientId: CLIENT, enabled: true, publicClient: true, directAccessGrantsEnabled: true }],
  users: usernames.map((username) => ({
    username,
    enabled: true,
    email: `${username}@example.org`,
    emailVerified: true,
    firstName: 'Ansel',
    lastName: 'Example',
    credentials: [{ type: 'password', value: PASSWORD, temporary: false }],
  })),
}

/** Keycloak as it comes, with its own database in a file; only argon2id is given other parameters, if any. */
export class Keycloak {
  private constructor(
    private readonly server: Supervised,
    private readonly url: string,
    private readonly told: string,
  ) {}

  static async start(folder: string, name: string, argon2?: Argon2): Promise<Keycloak> {
    const [content, java] = await Promise.all(
      [keycloakArtifact, javaRuntimeArtifact].map((artifact) => cached(artifact, cacheFolder(), () => undefined)),
    )
    const home = join(folder, name)
    // its first start writes into its own folder
    await cp(content!, home, { recursive: true })
    await mkdir(join(home, 'data/import'), { recursive: true })
    await writeFile(join(home, 'data/import/realm.json'), JSON.stringify(realm))
    const port = await freePort()
    const url = `http://127.0.0.1:${port}`
    const own = Object.entries(argon2 ?? {}).map(([key, value]) => `--spi-password-hashing--argon2--${key}=${value}`)
    const server = new Supervised({
      name,
      program: '/bin/sh',
      args: [join(home, 'bin/kc.sh'), 'start', ...FLAGS, '--http-host=127.0.0.1', `--http-port=${port}`, ...own],
      env: { ...process.env, JAVA: join(java!, 'bin/java') },
      logFile: join(folder, `logs/${name}.log`),
      ready: async () => (await fetch(`${url}/realms/${REALM}`)).ok,
      readyTimeoutMs: READY_MS,
    })
    await server.start()
    const { memory: m, iterations: t, parallelism: p } = argon2 ?? { memory: 7_168, iterations: 5, parallelism: 1 }
    const told = `Keycloak ${keycloakArtifact.version}, argon2id m=${m} t=${t} p=${p}${argon2 ? '' : ', as it comes'}`
    return new Keycloak(server, url, told)
  }

  /** By password, as a program of one’s own logs people in: without the page, which would cost more. */
  async logIns(): Promise<Side> {
    const ask = asking(this.url)
    const path = `/realms/${REALM}/protocol/openid-connect/token`
    let next = 0
    return {
      name: this.told,
      pids: { java: await this.javaPid() },
      call: async () => {
        const username = nth(usernames, next++)
        const body = { grant_type: 'password', client_id: CLIENT, username, password: PASSWORD }
        await asked(ask, 200, { path, body: new URLSearchParams(body) })
      },
    }
  }

  stop(): Promise<void> {
    return this.server.stop('SIGKILL')
  }

  /** The script becomes it after a build, and has it as its child otherwise. */
  private async javaPid(): Promise<number> {
    const own = this.server.pid!
    const children = (await readFile(`/proc/${own}/task/${own}/children`, 'utf8')).trim()
    return children ? Number(children.split(' ').at(-1)) : own
  }
}
