import { identity } from '@mpics/contracts'
import { commandsOf } from './setup/commands.js'
import { logIn, type Person, verified } from './setup/people.js'
import { ServiceHarness } from './setup/service-harness.js'

describe('what a log-in asks of MongoDB and Kafka', () => {
  let harness: ServiceHarness
  let person: Person
  let browserToken: string
  beforeAll(async () => {
    harness = await ServiceHarness.open()
    person = await verified(harness)
    browserToken = (await logIn(harness, person)).body.browserToken as string
    await harness.service.untilIdle()
  })
  afterAll(() => harness.close())

  /** Without what runs beside it: the look for requested resets. */
  async function commandsOfLogIn(extra: object): Promise<string[]> {
    const commands = await commandsOf(harness, async () => {
      expect((await logIn(harness, person, extra)).status).toBe(201)
    })
    return commands.filter((command) => !command.includes('reset_requests'))
  }
  const told = async () => {
    await harness.service.untilIdle()
    return (await harness.service.records(identity.sessionOpened.topic.name)).length
  }

  it('is four requests and no event of a known browser', async () => {
    const before = await told()
    // the account, the attempt before the hash in the session of its browser, the session, and once more the account (B50) with the sessions that are too many
    expect(await commandsOfLogIn({ browserToken })).toEqual([
      'find accounts',
      'findAndModify sessions',
      'insert sessions',
      'aggregate accounts',
    ])
    expect(await told()).toBe(before)
  })

  it('is six requests and one event of a new one', async () => {
    const before = await told()
    expect(await commandsOfLogIn({})).toEqual([
      'find accounts',
      'update attempts',
      'delete attempts',
      'find sessions',
      'insert sessions',
      'aggregate accounts',
    ])
    expect(await told()).toBe(before + 1)
  })
})
