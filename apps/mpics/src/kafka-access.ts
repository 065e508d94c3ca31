import { checkKafka, type KafkaAccess, type KafkaChoice, kafkaOf } from '@mpics/eventing'
import type { Command } from 'commander'

/** An operator reaches Kafka by this; the password comes from the environment only, so that no process list shows it. */
export function accessOptions(command: Command): Command {
  return command
    .option('--brokers <list>', 'host:port, separated by commas; KAFKA_BROKERS, or 127.0.0.1:9092, unless given')
    .option('--prefix <prefix>', 'before every topic and group; KAFKA_PREFIX unless given')
    .option('--username <name>', 'Kafka principal; its password is read from KAFKA_SASL_PASSWORD')
    .option('--ca-file <file>', 'certificate authority of the brokers (PEM); turns TLS on, as KAFKA_TLS=true does')
}

export const accessOf = (choice: KafkaChoice): KafkaAccess => ({ ...kafkaOf(process.env, choice), clientId: 'mpics' })

/** The same, once Kafka has taken it: a wrong password is told as one, not as what a command met because of it. */
export async function reach(command: Command): Promise<KafkaAccess> {
  const access = accessOf(command.optsWithGlobals())
  await checkKafka(access)
  return access
}
