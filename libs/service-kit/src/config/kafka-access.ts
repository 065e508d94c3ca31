import { type KafkaAccess, KafkaSecurityError, securityOf } from '@mpics/eventing'
import type { CommonConfig } from './common-config.js'
import { ConfigError } from './config-error.js'

/** Refuses settings that contradict each other. */
export function kafkaAccessOf(config: CommonConfig): KafkaAccess {
  const security = {
    tls: config.KAFKA_TLS,
    ca: config.KAFKA_TLS_CA,
    mechanism: config.KAFKA_SASL_MECHANISM,
    username: config.KAFKA_SASL_USERNAME,
    password: config.KAFKA_SASL_PASSWORD,
  }
  try {
    return { brokers: config.KAFKA_BROKERS, prefix: config.KAFKA_PREFIX, ...securityOf(security) }
  } catch (error) {
    throw error instanceof KafkaSecurityError ? new ConfigError(error.sentences) : error
  }
}
