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
