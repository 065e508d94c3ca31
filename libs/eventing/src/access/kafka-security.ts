import { X509Certificate } from 'node:crypto'
import type { KafkaAccess } from '../eventing-options.js'

/** The variables KAFKA_TLS… and KAFKA_SASL_…. */
export interface KafkaSecurity {
  tls: boolean
  /** PEM. */
  ca?: string
  mechanism: 'scram-sha-256' | 'scram-sha-512'
  username?: string
  password?: string
}

/** The settings contradict each other; each sentence says how to mend one contradiction, and repeats no secret. */
export class KafkaSecurityError extends Error {
  constructor(readonly sentences: readonly string[]) {
    super(sentences.join('\n'))
    this.name = 'KafkaSecurityError'
  }
}

/** Refuses settings that would fail later, or would silently be less safe than they look. */
export function securityOf(security: KafkaSecurity): Pick<KafkaAccess, 'sasl' | 'tls'> {
  const sentences = [...loginFaults(security), ...tlsFaults(security)]
  if (sentences.length > 0) throw new KafkaSecurityError(sentences)
  const { tls, ca, mechanism, username, password } = security
  return {
    ...(username && password && { sasl: { mechanism, username, password } }),
    ...(tls && { tls: ca ? { ca } : true }),
  }
}

function loginFaults({ username, password }: KafkaSecurity): string[] {
  if (username && !password)
    return [
      'KAFKA_SASL_USERNAME is set, but KAFKA_SASL_PASSWORD is not: give both, or neither for a Kafka without log-in.',
    ]
  if (password && !username)
    return [
      'KAFKA_SASL_PASSWORD is set, but KAFKA_SASL_USERNAME is not: give both, or neither for a Kafka without log-in.',
    ]
  return []
}

function tlsFaults({ tls, ca }: KafkaSecurity): string[] {
  if (!ca) return []
  return [
    ...(tls
      ? []
      : ['KAFKA_TLS_CA is set, but nothing would be encrypted: set KAFKA_TLS=true, or remove the certificate.']),
    ...(isPem(ca)
      ? []
      : [
          'KAFKA_TLS_CA is no certificate: it must hold the PEM itself (-----BEGIN CERTIFICATE-----…), not the name of a file.',
        ]),
  ]
}

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g

function isPem(text: string): boolean {
  const blocks = text.match(CERTIFICATE) ?? []
  try {
    return blocks.map((block) => new X509Certificate(block)).length > 0
  } catch {
    return false
  }
}
