import { kafkaServer } from './kafka.js'
import type { Server } from './server.js'
import type { EphemeralCa } from './ephemeral-ca.js'

export const ADMIN = 'admin'

/** Passwords by account; `admin` is the broker itself and may do everything, the others what they are given. */
type Accounts = Readonly<Record<string, string>> & { readonly [ADMIN]: string }

const jaas = (name: string, options: string) => `org.apache.kafka.common.security.${name} required ${options};`

const settings = ({ [ADMIN]: password }: Accounts, { keyStore, caFile }: EphemeralCa) => {
  const asAdmin = `username="${ADMIN}" password="${password}"`
  // librdkafka before 2.6.1, as Debian 12 has it, cannot log in by SCRAM: it repeats the nonce, which Kafka refuses since CVE-2024-56128
  const plain = jaas('plain.PlainLoginModule', `${asAdmin} user_${ADMIN}="${password}"`)
  return `ssl.keystore.type=PEM
ssl.keystore.location=${keyStore}
ssl.truststore.type=PEM
ssl.truststore.location=${caFile}
sasl.enabled.mechanisms=SCRAM-SHA-512,PLAIN
sasl.mechanism.inter.broker.protocol=SCRAM-SHA-512
listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config=${jaas('scram.ScramLoginModule', asAdmin)}
listener.name.sasl_ssl.plain.sasl.jaas.config=${plain}
sasl.mechanism.controller.protocol=PLAIN
listener.name.controller.sasl.enabled.mechanisms=PLAIN
listener.name.controller.plain.sasl.jaas.config=${plain}
authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer
allow.everyone.if.no.acl.found=false
super.users=User:${ADMIN}
`
}

/** As a cluster in production should be: encrypted, with a log-in, and nobody may do anything that no right allows. */
export const securedKafka = (accounts: Accounts, authority: EphemeralCa): Server =>
  kafkaServer({
    protocol: 'SASL_SSL',
    controllerProtocol: 'SASL_PLAINTEXT',
    settings: settings(accounts, authority),
    accounts: Object.entries(accounts).map(([name, password]) => `SCRAM-SHA-512=[name=${name},password=${password}]`),
  })
