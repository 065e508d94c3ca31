import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { once } from 'node:events'
import { join } from 'node:path'
import { type kafkaAccess, keys, servers } from '@mpics/testing'

const MAIN = join(__dirname, '../../dist/main.js')

/** What the process is given; `name` is that of its database. */
export const replicaEnvironment = (name: string, access: ReturnType<typeof kafkaAccess>): Record<string, string> => ({
  MONGODB_URI: servers().mongodbUri(name),
  KAFKA_BROKERS: servers().kafkaBrokers,
  KAFKA_PREFIX: access.prefix,
  INTERNAL_PRIVATE_KEY: keys().privateKey('notifications'),
  INTERNAL_PUBLIC_KEYS: keys().publicKeys,
  EXPORTS_S3_ENDPOINT: servers().s3Endpoint,
  EXPORTS_S3_ACCESS_KEY: servers().s3AccessKey,
  EXPORTS_S3_SECRET_KEY: servers().s3SecretKey,
  NOTIFICATIONS_LEASE_MS: '1000',
})

/** The built service as a process of its own, which can be killed. */
export class Replica {
  private constructor(private readonly child: ChildProcess) {}

  /** `fault`: where it kills itself, as in `mail.afterSend:kill`. */
  static start(environment: Record<string, string>, fault = ''): Replica {
    if (!existsSync(MAIN)) throw new Error('The built service is needed: run `npx tsc -b tsconfig.build.json` first.')
    const env = { NODE_ENV: 'production', LOG_LEVEL: 'error', ...environment, FAULT: fault }
    return new Replica(spawn(process.execPath, [MAIN], { env, stdio: ['ignore', 'inherit', 'inherit'] }))
  }

  /** Resolves to the signal that ended it. */
  async ended(): Promise<string | null> {
    if (this.child.exitCode === null && this.child.signalCode === null) await once(this.child, 'exit')
    return this.child.signalCode
  }

  async kill(): Promise<void> {
    this.child.kill('SIGKILL')
    await this.ended()
  }
}
