import { readFileSync } from 'node:fs'
import type { KafkaAccess } from '../eventing-options.js'
import { type KafkaSecurity, securityOf } from './kafka-security.js'

export interface KafkaChoice {
  brokers?: string
  prefix?: string
  username?: string
  /** File with the certificate of the brokers' authority; it turns TLS on. */
  caFile?: string
}

/** Reads the variables that the services read too; `choice` takes precedence. */
export function kafkaOf(env: NodeJS.ProcessEnv, choice: KafkaChoice = {}): KafkaAccess {
  const { brokers = env['KAFKA_BROKERS'] || '127.0.0.1:9092', prefix = env['KAFKA_PREFIX'] ?? '', caFile } = choice
  const security: KafkaSecurity = {
    tls: caFile !== undefined || env['KAFKA_TLS'] === 'true',
    ca: caFile === undefined ? env['KAFKA_TLS_CA'] : readFileSync(caFile, 'utf8'),
    mechanism: env['KAFKA_SASL_MECHANISM'] === 'scram-sha-256' ? 'scram-sha-256' : 'scram-sha-512',
    username: choice.username ?? env['KAFKA_SASL_USERNAME'],
    password: env['KAFKA_SASL_PASSWORD'],
  }
  return { brokers: brokers.split(','), prefix, ...securityOf(security) }
}
