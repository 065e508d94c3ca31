import type { KafkaAccess } from '@mpics/eventing'
import type { CommonConfig } from './common-config.js'

/** How this configuration reaches Kafka. */
export function kafkaAccessOf(config: CommonConfig): KafkaAccess {
  const { KAFKA_SASL_USERNAME: username, KAFKA_SASL_PASSWORD: password } = config
  return {
    brokers: config.KAFKA_BROKERS,
    prefix: config.KAFKA_PREFIX,
    ...(username && password && { sasl: { mechanism: config.KAFKA_SASL_MECHANISM, username, password } }),
    ...(config.KAFKA_TLS && { tls: config.KAFKA_TLS_CA ? { ca: config.KAFKA_TLS_CA } : true }),
  }
}
