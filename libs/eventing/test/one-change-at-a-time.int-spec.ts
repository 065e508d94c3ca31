import { randomUUID } from 'node:crypto'
import { eventually, kafkaAccess } from '@mpics/testing'
import { createKafka } from '../src/kafka/kafka-client.js'
import { ScramCredentials } from '../src/kafka/scram-credentials.js'
import { oneChangeAtATime } from '../src/topics/one-change-at-a-time.js'

describe('changes of an account', () => {
  const account = `analyst-${randomUUID().slice(0, 8)}`
  const own = <T>(work: (credentials: ScramCredentials) => Promise<T>) =>
    ScramCredentials.with(createKafka(kafkaAccess('')), work)
  const change = <T>(work: (hadToWait: boolean) => Promise<T>) =>
    own((credentials) => oneChangeAtATime(credentials, account, work))
  const claims = () =>
    own(async (credentials) => (await credentials.names()).filter((name) => name.startsWith(`${account}.`)))

  it('come one after the other, and the later one knows that it had to wait', async () => {
    const order: string[] = []
    const held = Promise.withResolvers<void>()
    const begun = Promise.withResolvers<void>()
    const first = change(async (hadToWait) => {
      begun.resolve()
      await held.promise
      order.push(`first ${hadToWait}`)
    })
    await begun.promise
    const second = change(async (hadToWait) => void order.push(`second ${hadToWait}`))
    await eventually(async () => (await claims()).length === 2)
    held.resolve()
    await Promise.all([first, second])
    expect(order).toEqual(['first false', 'second true'])
    expect(await claims()).toEqual([])
  })

  it('do not wait for a process that died long ago, and leave nothing behind when they fail', async () => {
    const dead = `.claim.${Date.now() - 600_000}.dead`
    for (const name of [account, `${account}-2`]) await own((credentials) => credentials.set(name + dead, 'x'))
    const failing = change((hadToWait) => Promise.reject(new Error(`failed, had to wait: ${hadToWait}`)))
    await expect(failing).rejects.toThrow('failed, had to wait: false')
    expect(await claims()).toEqual([])
    expect(await own((credentials) => credentials.names())).not.toContain(`${account}-2${dead}`)
  })

  it('say why they failed, even where their claim has to stay', async () => {
    const failing = own((credentials) => {
      jest.spyOn(credentials, 'remove').mockRejectedValue(new Error('Kafka is away'))
      return oneChangeAtATime(credentials, account, () => Promise.reject(new Error('the reason')))
    })
    await expect(failing).rejects.toThrow('the reason')
    for (const claim of await claims()) await own((credentials) => credentials.remove(claim))
  })

  it('are told where somebody took them for dead', async () => {
    const overtaken = change(async () => {
      for (const claim of await claims()) await own((credentials) => credentials.remove(claim))
    })
    await expect(overtaken).rejects.toThrow(`somebody else changed ${account} at the same time`)
  })
})
