import { KafkaSecurityError, type KafkaSecurity, securityOf } from './kafka-security.js'

// of an authority that signed nothing; its key was never kept
const CA = `-----BEGIN CERTIFICATE-----
MIIBeDCCAR+gAwIBAgIUGHA6rUc2YkC+Pb/JIQ/mEoLZyAIwCgYIKoZIzj0EAwIw
ETEPMA0GA1UEAwwGTm9ib2R5MCAXDTI2MTEyNTAzNTYzMFoYDzIxMjYxMTAxMDM1
NjMwWjARMQ8wDQYDVQQDDAZOb2JvZHkwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNC
AARYjmKd9YNzm+AyMsNhHDt/ZFQsBcCrt3kpk/PlUGN0Z7ecqKBkiDXdr3Dp2abH
1NrwmnsvBrRSICadxlbn9z10o1MwUTAdBgNVHQ4EFgQUbqrUkVPq1xi1pQh3Tl59
5m0eLHowHwYDVR0jBBgwFoAUbqrUkVPq1xi1pQh3Tl595m0eLHowDwYDVR0TAQH/
BAUwAwEB/zAKBggqhkjOPQQDAgNHADBEAiAorKUAVrI5jEMNEhTlk4TRtzWv71U6
eQOcrLjOwco5gAIgDUV7EKQWGm3P4oXRLV6FF2Ftxeag1IBl0O3xO2Miwkw=
-----END CERTIFICATE-----
`
const of = (security: Partial<KafkaSecurity>) => () =>
  securityOf({ tls: false, mechanism: 'scram-sha-512', ...security })
const refusal = (security: Partial<KafkaSecurity>) => {
  try {
    return of(security)() && []
  } catch (error) {
    return (error as KafkaSecurityError).sentences
  }
}

describe('the way to Kafka', () => {
  it('is open, encrypted, or encrypted with a log-in', () => {
    expect(of({})()).toEqual({})
    expect(of({ tls: true })()).toEqual({ tls: true })
    expect(of({ tls: true, ca: CA, username: 'media', password: 'p' })()).toEqual({
      sasl: { mechanism: 'scram-sha-512', username: 'media', password: 'p' },
      tls: { ca: CA },
    })
  })

  it.each<[string, Partial<KafkaSecurity>, RegExp]>([
    [
      'a user without a password',
      { username: 'media' },
      /^KAFKA_SASL_USERNAME is set, but KAFKA_SASL_PASSWORD is not: /,
    ],
    [
      'a password without a user',
      { password: 'hush' },
      /^KAFKA_SASL_PASSWORD is set, but KAFKA_SASL_USERNAME is not: /,
    ],
    ['a certificate without encryption', { ca: CA }, /^KAFKA_TLS_CA is set, but nothing would be encrypted: /],
    ['the name of a file', { tls: true, ca: '/etc/kafka/ca.pem' }, /^KAFKA_TLS_CA is no certificate: /],
    ['a damaged certificate', { tls: true, ca: CA.replace('M', '!') }, /^KAFKA_TLS_CA is no certificate: /],
  ])('is refused with one sentence for %s', (_, security, sentence) => {
    expect(refusal(security)).toEqual([expect.stringMatching(sentence)])
  })

  it('says everything that is wrong at once, and no secret', () => {
    const sentences = refusal({ password: 'hush', ca: 'x' })
    expect(sentences).toHaveLength(3)
    expect(sentences.join()).not.toContain('hush')
  })
})
