import { performance } from 'node:perf_hooks'
import { Logger } from '@nestjs/common'
import { Metrics } from './metrics.js'

describe('a gauge', () => {
  afterEach(() => jest.restoreAllMocks())

  it('that cannot be read is absent, counted and logged once; the others are there', async () => {
    const said = jest.spyOn(Logger.prototype, 'error').mockImplementation()
    const metrics = new Metrics()
    let read = () => Promise.resolve(7)
    metrics.gauge('of_the_store', 'reads it', () => read())
    metrics.gauge('of_the_process', 'always there', () => 1)
    const shown = async () =>
      (await metrics.registry.metrics()).split('\n').filter((line) => /^(of_|metrics_)/.test(line))
    expect(await shown()).toEqual(['metrics_unmeasured_total 0', 'of_the_store 7', 'of_the_process 1'])
    read = () => Promise.reject(new Error('the store is away'))
    await shown()
    expect((await shown()).filter((line) => line.startsWith('of_'))).toEqual(['of_the_process 1'])
    expect(await shown()).toContain('metrics_unmeasured_total 2')
    expect(said.mock.calls.map(([, sentence]) => sentence as string)).toEqual(['of_the_store cannot be measured'])
    read = () => Promise.resolve(0)
    expect(await shown()).toContain('of_the_store 0')
  })
})

describe('the event loop', () => {
  const loopIn = async (metrics: Metrics) =>
    (await metrics.registry.metrics()).split('\n').filter((line) => line.startsWith('nodejs_eventloop'))

  it('tells its lag and the share of time it was at work since the last scrape, and nothing by a timer', async () => {
    const metrics = new Metrics()
    await loopIn(metrics)
    const until = performance.now() + 50
    while (performance.now() < until);
    const busy = await loopIn(metrics)
    expect(busy.map((line) => line.split(' ')[0])).toEqual([
      'nodejs_eventloop_lag_seconds',
      'nodejs_eventloop_utilization_ratio',
    ])
    expect(Number(busy[1]!.split(' ')[1])).toBeGreaterThan(0)
    expect(Number(busy[1]!.split(' ')[1])).toBeLessThanOrEqual(1)
  })
})
