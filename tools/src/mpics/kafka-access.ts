import { readFileSync } from 'node:fs'
import type { KafkaAccess } from '@mpics/eventing'
import type { Command } from 'commander'

interface Options {
  brokers: string
  prefix: string
  username?: string
  caFile?: string
}

/** How an operator reaches Kafka; the password comes from the environment only, so that no process list shows it. */
export function accessOptions(command: Command): Command {
  return command
    .option('--brokers <list>', 'host:port, separated by commas', process.env['KAFKA_BROKERS'] ?? '127.0.0.1:9092')
    .option('--prefix <prefix>', 'before every topic and group', process.env['KAFKA_PREFIX'] ?? '')
    .option('--username <name>', 'Kafka principal; its password is read from KAFKA_SASL_PASSWORD')
    .option('--ca-file <file>', 'certificate authority of the brokers (PEM); turns TLS on')
}

export function accessOf({ brokers, prefix, username, caFile }: Options): KafkaAccess {
  return {
    brokers: brokers.split(','),
    prefix,
    clientId: 'mpics',
    ...(username && {
      sasl: { mechanism: 'scram-sha-512', username, password: process.env['KAFKA_SASL_PASSWORD'] ?? '' },
    }),
    ...(caFile && { tls: { ca: readFileSync(caFile, 'utf8') } }),
  }
}
