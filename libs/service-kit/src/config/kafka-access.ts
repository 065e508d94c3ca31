import { type KafkaAccess, KafkaSecurityError, securityOf } from '@mpics/eventing'
import { clientCertificates } from './certificates.js'
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
    const { tls, ...access } = securityOf(security)
    return {
      brokers: config.KAFKA_BROKERS,
      prefix: config.KAFKA_PREFIX,
      ...access,
      ...(tls && { tls: completed(tls, config) }),
    }
  } catch (error) {
    throw error instanceof KafkaSecurityError ? new ConfigError(error.sentences) : error
  }
}

/** The brokers' own authority takes precedence over those inside. */
function completed(tls: NonNullable<KafkaAccess['tls']>, config: CommonConfig): NonNullable<KafkaAccess['tls']> {
  const own = clientCertificates(config)
  return own ? { ...own, ...(tls !== true && tls) } : tls
}
