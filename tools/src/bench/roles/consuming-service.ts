import { setTimeout as delay } from 'node:timers/promises'
import type { Envelope } from '@mpics/contracts'
import { EventConsumer, EventServer, On, ProjectionStore } from '@mpics/eventing'
import { Connection } from '@mpics/mongo'
import { Registry } from 'prom-client'
import type { Place } from '../orders/place.js'
import { sharedNow } from '../measuring/clock.js'
import { orderChanged } from '../orders/orders.js'
import { answer, settings } from './answer.js'
import { Handled } from './handled.js'
import { makeService, startConsuming } from './service.js'

interface Settings {
  place: Place
  /** Writes a projection, or waits so long. */
  handler: 'projection' | number
}

const { place, handler } = settings<Settings>()
const handled = new Handled()

@EventConsumer()
class Handle {
  @On(orderChanged, { idempotence: 'natural' })
  async handle(event: Envelope<typeof orderChanged>): Promise<void> {
    if (handler === 'projection') await show(event)
    else if (handler > 0) await delay(handler)
    handled.add(event.data.at, sharedNow())
  }
}

const app = await makeService({
  place,
  name: 'consuming',
  eventing: { service: 'profiles', registry: new Registry() },
  consumers: [Handle],
})
const shown = new ProjectionStore({ collection: app.get(Connection).db!.collection('shown') })
const show = (event: Envelope<typeof orderChanged>) =>
  shown.apply(event.subject, event.sequence, { note: event.data.note })

await startConsuming(app)
answer({
  ...handled.commands,
  joined: () => app.get(EventServer).health().group === 'joined',
  stop: () => app.close(),
})
