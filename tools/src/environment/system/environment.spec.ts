import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { StackAddresses } from '../servers/addresses.js'
import { databaseUri, serviceEnvironment } from './environment.js'
import { SecretStore } from './secrets.js'
import { usualPorts, type Service } from './services.js'

const stack: StackAddresses = {
  mongodbUri: 'mongodb://127.0.0.1:27018/?replicaSet=rs0',
  kafkaBrokers: '127.0.0.1:9092',
  s3Endpoint: 'http://127.0.0.1:7070',
  s3AccessKey: 'mpics',
  s3SecretKey: 'secret of the store',
  smtpUrl: 'smtp://127.0.0.1:1025',
}
const variable = (name: string, secret = false) => ({ name, secret, required: true })
const variables = [
  ...['HTTP_PORT', 'MONGODB_URI', 'KAFKA_PREFIX', 'PROFILES_URL', 'INTERNAL_PUBLIC_KEYS', 'OPERATOR_PUBLIC_KEYS'].map(
    (name) => variable(name),
  ),
  ...['INTERNAL_PRIVATE_KEY', 'MEDIA_S3_SECRET_KEY', 'MEDIA_LINK_KEY'].map((name) => variable(name, true)),
]

describe('the environment of a service', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mpics-keys-'))
  const environment = async (service: Service) => {
    const secrets = await SecretStore.open(folder)
    const addresses = { stack, ports: usualPorts, publicUrl: 'http://localhost:8080', prefix: 't1-' }
    const built = serviceEnvironment(service, variables, addresses, secrets)
    await secrets.save()
    return built
  }
  afterAll(() => rmSync(folder, { recursive: true }))

  it('is made of what its configuration lists, with its own database and prefix', async () => {
    expect(await environment('media')).toMatchObject({
      HTTP_PORT: '8083',
      MONGODB_URI: 'mongodb://127.0.0.1:27018/t1-media?replicaSet=rs0',
      KAFKA_PREFIX: 't1-',
      PROFILES_URL: 'http://127.0.0.1:8082',
      MEDIA_S3_SECRET_KEY: 'secret of the store',
    })
    expect(Object.keys(await environment('media'))).not.toContain('KAFKA_BROKERS')
  })

  it('has the private key of this service alone, and the same secrets at every start', async () => {
    const [first, second, other] = [
      await environment('media'),
      await environment('media'),
      await environment('profiles'),
    ]
    expect(second).toEqual(first)
    expect(JSON.parse(first['INTERNAL_PRIVATE_KEY']!)).toMatchObject({ kid: 'media', kty: 'EC' })
    expect(first['MEDIA_LINK_KEY']).toMatch(/^[\w-]{43}$/)
    const { d } = JSON.parse(other['INTERNAL_PRIVATE_KEY']!) as { d: string }
    expect(JSON.stringify(first)).not.toContain(d)
    expect(JSON.parse(first['INTERNAL_PUBLIC_KEYS']!).keys.some((key: object) => 'd' in key)).toBe(false)
  })

  it('knows the operator of this installation, and does not hold the key', async () => {
    const { operator } = (await SecretStore.open(folder)).secrets
    const built = await environment('media')
    expect(JSON.parse(built['OPERATOR_PUBLIC_KEYS']!)).toMatchObject({ keys: [{ kid: 'operator', x: operator['x'] }] })
    expect(JSON.stringify(built)).not.toContain(operator['d'])
  })

  it('comes from a file that only its owner reads', async () => {
    await environment('media')
    expect(statSync(join(folder, 'secrets.json')).mode & 0o777).toBe(0o600)
  })

  it.each([
    ['mongodb://h:1/?replicaSet=rs0', 'mongodb://h:1/media?replicaSet=rs0'],
    ['mongodb://u:p@h:1,h:2/other', 'mongodb://u:p@h:1,h:2/media'],
    ['mongodb+srv://h', 'mongodb+srv://h/media'],
  ])('names the database in %s', (uri, expected) => expect(databaseUri(uri, 'media')).toBe(expected))
})
