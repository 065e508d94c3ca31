import { readFileSync } from 'node:fs'
import type { KafkaAccess } from '@mpics/eventing'
import type { Command } from 'commander'
import { accepts } from '../stack/ports.js'

interface Options {
  brokers?: string
  prefix?: string
  username?: string
  caFile?: string
}

/** How an operator reaches Kafka; the password comes from the environment only, so that no process list shows it. */
export function accessOptions(command: Command): Command {
  return command
    .option('--brokers <list>', 'host:port, separated by commas; KAFKA_BROKERS, or 127.0.0.1:9092, unless given')
    .option('--prefix <prefix>', 'before every topic and group; KAFKA_PREFIX unless given')
    .option('--username <name>', 'Kafka principal; its password is read from KAFKA_SASL_PASSWORD')
    .option('--ca-file <file>', 'certificate authority of the brokers (PEM); turns TLS on')
}

export function accessOf({ brokers, prefix, username, caFile }: Options): KafkaAccess {
  return {
    brokers: (brokers ?? process.env['KAFKA_BROKERS'] ?? '127.0.0.1:9092').split(','),
    prefix: prefix ?? process.env['KAFKA_PREFIX'] ?? '',
    clientId: 'mpics',
    ...(username && {
      sasl: { mechanism: 'scram-sha-512', username, password: process.env['KAFKA_SASL_PASSWORD'] ?? '' },
    }),
    ...(caFile && { tls: { ca: readFileSync(caFile, 'utf8') } }),
  }
}

/** The same, once a broker answers. */
export async function reach(command: Command): Promise<KafkaAccess> {
  const access = accessOf(command.optsWithGlobals())
  const asked = access.brokers.map((broker) => /^(.*):(\d+)$/.exec(broker.trim()))
  const answers = await Promise.all(asked.map((found) => accepts(found?.[1] ?? '', Number(found?.[2] ?? 0))))
  if (answers.includes(true)) return access
  throw new Error(`Kafka at ${access.brokers.join(', ')} does not answer: is it running, and does --brokers name it?`)
}
