import { DEFAULT_SITE } from '@mpics/contracts'
import { type KafkaAccess, kafkaOf } from '@mpics/eventing'

/** Where the running system is; the defaults are those of `npm start`. */
export interface TourSettings {
  gateway: string
  mailApi: string
  kafkaBrokers: string
  kafkaPrefix: string
  kafkaSecurity: Pick<KafkaAccess, 'sasl' | 'tls'>
}

export function tourSettings(env: NodeJS.ProcessEnv): TourSettings {
  const { brokers, prefix = '', ...kafkaSecurity } = kafkaOf(env)
  return {
    gateway: env['PUBLIC_URL'] ?? DEFAULT_SITE,
    mailApi: env['MAIL_API'] ?? 'http://127.0.0.1:1080',
    kafkaBrokers: brokers.join(','),
    kafkaPrefix: prefix,
    kafkaSecurity,
  }
}
