import type { EventingSettings } from '@mpics/eventing'
import type { CommonConfig } from './config/common-config.js'

/** How this service reaches Kafka, from its environment. */
export function eventingSettings(config: CommonConfig): EventingSettings {
  const { KAFKA_SASL_USERNAME: username, KAFKA_SASL_PASSWORD: password, KAFKA_SASL_MECHANISM: mechanism } = config
  return {
    service: config.INTERNAL_PRIVATE_KEY.service,
    brokers: config.KAFKA_BROKERS,
    prefix: config.KAFKA_PREFIX,
    ...(username && { sasl: { mechanism, username, password: password ?? '' } }),
    ...(config.KAFKA_TLS && { tls: config.KAFKA_TLS_CA ? { ca: config.KAFKA_TLS_CA } : (true as const) }),
  }
}
