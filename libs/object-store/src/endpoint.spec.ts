import { Client } from 'minio'
import { assertEndpoint, ENDPOINT } from './endpoint.js'

const isTaken = (host: string): boolean => {
  try {
    return Boolean(new Client({ endPoint: host, accessKey: 'key', secretKey: 'secret' }))
  } catch {
    return false
  }
}

describe('the address of an object store', () => {
  it.each(['s3.example.org', 'minio', 'object_store', 's3.example.org.', '10.0.0.7', '127.1', 'bücher.example'])(
    'may have the host %s',
    (host) => expect(() => assertEndpoint(`https://${host}:9000`)).not.toThrow(),
  )

  it.each([
    '[::1]',
    '[2001:db8::7]',
    '-s3',
    's3-',
    '_s3',
    's3_',
    '.s3',
    'a{b}',
    "it's",
    'a;b',
    `${'a.'.repeat(127)}aa`,
  ])('has no host %s, which minio refuses', (host) => {
    const { hostname } = new URL(`https://${host}:9000`)
    expect(isTaken(hostname)).toBe(false)
    expect(ENDPOINT.hostname.test(hostname)).toBe(false)
    expect(() => assertEndpoint(`https://${host}:9000`)).toThrow('with a host name or an IPv4 address')
  })
})
