import { Logger } from '@nestjs/common'
import { Registry } from 'prom-client'
import { EventingOptions } from './eventing-options.js'
import { EventingMetrics } from './metrics.js'

describe('the metrics of the events', () => {
  const registry = new Registry()
  const metrics = new EventingMetrics(new EventingOptions({ service: 'media', brokers: [], registry }))
  const shown = async (name: string) => (await registry.metrics()).split('\n').filter((line) => line.startsWith(name))

  it('show no age of the outbox while MongoDB does not say, rather than that nothing waits', async () => {
    const said = jest.spyOn(Logger.prototype, 'error').mockImplementation()
    let age = () => Promise.resolve(1_500)
    metrics.watchOutbox(() => age())
    expect(await shown('events_outbox_oldest_seconds')).toEqual(['events_outbox_oldest_seconds 1.5'])
    age = () => Promise.reject(new Error('away'))
    expect(await shown('events_outbox_oldest_seconds')).toEqual([])
    expect(await shown('metrics_unmeasured_total')).toEqual(['metrics_unmeasured_total 1'])
    expect(said.mock.calls).toEqual([['events_outbox_oldest_seconds cannot be measured: away']])
  })

  it('count dead letters from 0, so that the first one is an increase', async () => {
    metrics.expectDeadLetters([{ topic: 'media.photo', name: 'make-renditions-on-upload' }])
    expect(await shown('events_dead_letters_total')).toEqual([
      'events_dead_letters_total{topic="media.photo",reaction="make-renditions-on-upload"} 0',
    ])
  })

  it('tell how far a group is beside how much it lacks', async () => {
    metrics.watchLag(() => Promise.resolve([{ topic: 'media.photo', partition: 2, lag: 3, committed: 40 }]))
    expect(await shown('events_consumer_')).toEqual([
      'events_consumer_lag{topic="media.photo",partition="2"} 3',
      'events_consumer_committed{topic="media.photo",partition="2"} 40',
    ])
  })
})
