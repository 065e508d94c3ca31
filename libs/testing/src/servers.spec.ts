import { mkdtempSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { whatIsMissing } from '../setup/require-servers.mjs'
import { servers } from './servers.js'

type Environment = Record<string, string | undefined>

describe('the servers of the tests', () => {
  const listening: Server[] = []
  const nowhere = join(tmpdir(), 'no-such-folder', 'servers.env')
  afterAll(() => listening.forEach((server) => server.close()))

  const somebody = async () => {
    const server = createServer().listen(0, '127.0.0.1')
    listening.push(server)
    await new Promise((resolve) => server.once('listening', resolve))
    return `127.0.0.1:${(server.address() as AddressInfo).port}`
  }
  const noted = (lines: string) => {
    const file = join(mkdtempSync(join(tmpdir(), 'servers-')), 'servers.env')
    writeFileSync(file, lines)
    return file
  }

  it('are missing at once, with the command that starts them', async () => {
    expect(await whatIsMissing({}, nowhere)).toBe(
      'MONGODB_URI and KAFKA_BROKERS must be set for these tests: start the servers with: npm run servers.',
    )
    const env = { MONGODB_URI: `mongodb://u:hidden@${await somebody()}/?replicaSet=rs0`, KAFKA_BROKERS: '127.0.0.1:1' }
    expect(await whatIsMissing(env, nowhere)).toBe(
      'Nobody listens at 127.0.0.1:1 (KAFKA_BROKERS): start the servers with: npm run servers.',
    )
  })

  it('are those of the environment, else those that were noted, if they answer', async () => {
    const [mongodb, kafka] = [await somebody(), await somebody()]
    const file = noted(`export MONGODB_URI='mongodb://${mongodb}/?replicaSet=rs0'\nKAFKA_BROKERS=127.0.0.1:1\n`)
    const env: Environment = { KAFKA_BROKERS: `127.0.0.1:2,${kafka}` }
    expect(await whatIsMissing(env, file)).toBeUndefined()
    expect(env).toEqual({
      MONGODB_URI: `mongodb://${mongodb}/?replicaSet=rs0`,
      KAFKA_BROKERS: `127.0.0.1:2,${kafka}`,
    })
    expect(await whatIsMissing({}, file)).toMatch(/^Nobody listens at 127\.0\.0\.1:1 \(KAFKA_BROKERS\)/)
  })

  it('are asked for by name where one is needed that the environment does not know', () => {
    const { MAIL_API: known } = process.env
    delete process.env['MAIL_API']
    try {
      expect(() => servers().mailApi).toThrow(/^MAIL_API is not set: .*npm run servers$/)
    } finally {
      if (known) process.env['MAIL_API'] = known
    }
  })
})
