import { randomInt } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { serviceNames } from '@mpics/tools/system/services'
import { Narrator } from '@mpics/tools/tour/narrator'
import { Tour } from '@mpics/tools/tour/tour'
import { parts, system } from '../support/system.js'

describe('kill -9 of any one service, at any moment of the tour', () => {
  const running = system()

  it.each(serviceNames)('%s dies: the facts all arrive, no mail is lost', async (victim) => {
    const seed = Number(process.env['SEED'] ?? randomInt(4_000))
    const service = running.system.services[victim]
    const before = service.pid
    const tour = new Tour({ ...parts(running), narrator: new Narrator(() => undefined), patience: 60_000 })
    const dying = delay(seed).then(() => service.kill('SIGKILL'))
    const { records, photographer, followers } = await tour.run().catch((error: Error) => {
      throw new Error(`seed ${seed}: ${error.message}`, { cause: error })
    })
    await dying
    await service.untilReady()
    expect(service.pid).not.toBe(before)
    for (const { person } of [photographer, ...followers]) {
      const mails = await parts(running).mailbox.all(person.email)
      const subjects = new Set(mails.map(({ subject }) => subject))
      expect(new Set(mails.map(({ headers }) => headers['message-id'])).size).toBe(subjects.size)
      // only a death between the mail server's 250 and its record sends one twice
      if (victim !== 'notifications') expect(mails).toHaveLength(subjects.size)
    }
    const count = (type: string) =>
      records.filter((r) => r.headers['ce_type'] === type && r.payload?.includes(photographer.accountId))
    const distinct = (type: string) => new Set(count(type).map((r) => r.headers['ce_id'])).size
    expect(distinct('identity.account.registered.v1')).toBe(1)
    expect(distinct('media.photo.published.v1')).toBe(1)
    expect(distinct('profiles.follow.started.v1')).toBe(2)
  })
})
