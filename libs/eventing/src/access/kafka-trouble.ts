import { causesOf } from '../causes.js'
import type { KafkaAccess } from '../eventing-options.js'

/** Kafka is away, or does not let us in; the message says which. */
export class KafkaUnavailableError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'KafkaUnavailableError'
  }
}

type Sentence = (access: KafkaAccess) => string

const away: Sentence = () => 'does not answer: is it running, and does KAFKA_BROKERS name it?'
const unknownAuthority: Sentence = () =>
  'shows a certificate of an authority that is not known here: set KAFKA_TLS_CA to the certificate of that authority.'
const otherName: Sentence = () => 'shows a certificate for another name than the one in KAFKA_BROKERS.'
const ended: Sentence = () => 'shows a certificate that has ended, or has not begun: renew it, or look at the clock.'
const NO_TLS = 'does not speak TLS on this port, and KAFKA_TLS is true.'
const noTls: Sentence = () => NO_TLS
const noLogin: Sentence = ({ sasl }) =>
  `refuses the log-in of ${sasl?.username}: KAFKA_SASL_USERNAME or KAFKA_SASL_PASSWORD is wrong.`
const otherMechanism: Sentence = ({ sasl }) =>
  `does not take ${sasl?.mechanism}: set KAFKA_SASL_MECHANISM to what it offers, or KAFKA_SASL_USERNAME to nothing if it asks for no log-in.`

/** kafkajs sees only a closed connection: the access that was tried tells what the broker wanted instead. */
const closed: Sentence = ({ sasl, tls }) => {
  if (!tls && !sasl) return 'closes the connection: it may want TLS (KAFKA_TLS=true) or a log-in (KAFKA_SASL_USERNAME).'
  if (!tls) return 'closes the connection: it may want TLS (KAFKA_TLS=true).'
  if (!sasl) return 'closes the connection: it may want a log-in (KAFKA_SASL_USERNAME), or speak no TLS on this port.'
  return NO_TLS
}

const SENTENCES: Readonly<Record<string, Sentence>> = {
  ECONNREFUSED: away,
  ENOTFOUND: away,
  EAI_AGAIN: away,
  EHOSTUNREACH: away,
  ENETUNREACH: away,
  ETIMEDOUT: away,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: unknownAuthority,
  UNABLE_TO_GET_ISSUER_CERT: unknownAuthority,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: unknownAuthority,
  SELF_SIGNED_CERT_IN_CHAIN: unknownAuthority,
  DEPTH_ZERO_SELF_SIGNED_CERT: unknownAuthority,
  CERT_SIGNATURE_FAILURE: unknownAuthority,
  ERR_TLS_CERT_ALTNAME_INVALID: otherName,
  CERT_HAS_EXPIRED: ended,
  CERT_NOT_YET_VALID: ended,
  EPROTO: noTls,
  ERR_SSL_WRONG_VERSION_NUMBER: noTls,
  UNSUPPORTED_SASL_MECHANISM: otherMechanism,
  ILLEGAL_SASL_STATE: otherMechanism,
  KafkaJSSASLAuthenticationError: noLogin,
  ECONNRESET: closed,
  EPIPE: closed,
  KafkaJSConnectionClosedError: closed,
  KafkaJSRequestTimeoutError: away,
}

/** Says in one sentence why Kafka is out of reach, and names the variable to look at. */
export function troubleOf(error: unknown, access: KafkaAccess): string {
  const where = `Kafka at ${access.brokers.join(', ')}`
  let first = ''
  for (const { type, code, name, message = '' } of causesOf(error)) {
    const sentence = [type, code, name].map((key) => SENTENCES[String(key)]).find((found) => found)
    if (sentence) return `${where} ${sentence(access)}`
    first = message
  }
  return `${where} ${/timeout/i.test(first) ? away(access) : `cannot be used: ${first}`}`
}
