import { Logger } from '@nestjs/common'
import { Clock, Metrics } from '@mpics/service-kit'
import type { DueEmailRepository } from '../emails/due-email.repository.js'
import { EmailMetrics } from './email-metrics.js'

describe('how long the oldest mail waits', () => {
  afterEach(() => jest.restoreAllMocks())

  it('is not told while the database does not say', async () => {
    jest.spyOn(Logger.prototype, 'error').mockImplementation()
    const metrics = new Metrics()
    let oldest = (): Promise<Date | undefined> => Promise.resolve(undefined)
    new EmailMetrics(metrics, { oldestWait: () => oldest() } as unknown as DueEmailRepository, new Clock())
    const told = async () => /^notifications_mail_oldest_seconds (.*)$/m.exec(await metrics.registry.metrics())?.[1]
    expect(await told()).toBe('0')
    oldest = () => Promise.resolve(new Date(Date.now() - 60_000))
    expect(Number(await told())).toBeGreaterThanOrEqual(60)
    oldest = () => Promise.reject(new Error('the database is away'))
    expect(await told()).toBeUndefined()
  })
})
