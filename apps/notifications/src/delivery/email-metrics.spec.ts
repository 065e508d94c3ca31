import { Logger } from '@nestjs/common'
import { Metrics } from '@mpics/service-kit'
import type { DueEmailRepository } from '../emails/due-email.repository.js'
import { EmailMetrics } from './email-metrics.js'

describe('how long the oldest mail waits', () => {
  afterEach(() => jest.restoreAllMocks())

  it('is not told while the database does not say', async () => {
    jest.spyOn(Logger.prototype, 'error').mockImplementation()
    const [metrics, now] = [new Metrics(), new Date()]
    let oldest = (): Promise<Date | undefined> => Promise.resolve(undefined)
    const due = { oldestWait: () => oldest() } as unknown as DueEmailRepository
    new EmailMetrics(metrics, due, { now: () => now })
    const told = async () => /^notifications_mail_oldest_seconds (.*)$/m.exec(await metrics.registry.metrics())?.[1]
    expect(await told()).toBe('0')
    oldest = () => Promise.resolve(new Date(now.getTime() - 60_000))
    expect(await told()).toBe('60')
    oldest = () => Promise.reject(new Error('the database is away'))
    expect(await told()).toBeUndefined()
  })
})
