import { mkdir } from 'node:fs/promises'
import { randomBytes } from 'node:crypto'
import type { KafkaAccess } from '@mpics/eventing'
import type { Supervised } from '../processes/supervised.js'
import { freePort } from './ports.js'
import { ADMIN, securedKafka } from './secured-kafka.js'
import { prepare } from './start-server.js'
import { ephemeralCa } from './ephemeral-ca.js'

export interface SecuredKafka {
  access(account?: string): KafkaAccess
  /** The same as a service's variables. */
  variables(account: string): Record<string, string>
  server: Supervised
}

/** A broker with TLS, log-ins and an authoriser, and with accounts that may do nothing yet. For tests: its keys are in the folder. */
export async function startSecuredKafka(folder: string, accounts: readonly string[]): Promise<SecuredKafka> {
  await mkdir(folder, { recursive: true })
  const password = () => randomBytes(18).toString('base64url')
  const passwords = { ...Object.fromEntries(accounts.map((name) => [name, password()])), [ADMIN]: password() }
  const authority = await ephemeralCa(folder)
  const port = await freePort()
  const kafka = securedKafka(passwords, authority)
  const server = await prepare(kafka, [port], { folder, forTests: true }, () => undefined)
  await server.start()
  const brokers = `127.0.0.1:${port}`
  const passwordOf = (account: string) => (passwords as Record<string, string>)[account]!
  return {
    server,
    access: (account = ADMIN) => ({
      brokers: [brokers],
      sasl: { mechanism: 'scram-sha-512', username: account, password: passwordOf(account) },
      tls: { ca: authority.ca },
    }),
    variables: (account) => ({
      KAFKA_BROKERS: brokers,
      KAFKA_TLS: 'true',
      KAFKA_TLS_CA: authority.ca,
      KAFKA_SASL_USERNAME: account,
      KAFKA_SASL_PASSWORD: passwordOf(account),
    }),
  }
}
