import { type Connection, closeMongo, connectMongo } from '@mpics/mongo'
import { eventually } from '@mpics/testing/eventually'
import { roles, stopAll } from '../src/bench/eventing/roles.js'
import type { Role } from '../src/bench/eventing/role.js'
import { databaseOf, withPlace } from '../src/bench/orders/place.js'
import type { Told } from '../src/bench/orders/record.js'
import { configuredAddresses } from '../src/environment/servers/addresses.js'

type Kept = { _id: string; version: number; outbox: Record<string, Told> }

it('the floor of an event tells what a process left untold, and what changes, as the service would read it', async () => {
  await withPlace(configuredAddresses(process.env), async (place) => {
    const connection = await connectMongo(databaseOf(place, 'floor'))
    const started: Role[] = []
    const start = async (starting: Promise<Role>) => {
      const role = await starting
      started.push(role)
      return role
    }
    try {
      const keeper = await start(roles.keeping({ place, name: 'o', documents: 3 }))
      const changed = () => keeper.ask<number>('accept', { perSecond: 1_000, ms: 6 })
      expect(await changed()).toBe(6)
      await keeper.ask('relay')
      const readers = await Promise.all([start(roles.showing(place)), start(roles.consuming(place, 'projection'))])
      const hasAll = async (count: number) =>
        (await Promise.all(readers.map((role) => role.ask<number>('count')))).every((n) => n >= count)
      await eventually('what was left', () => hasAll(6))
      await changed()
      await eventually('what changed since', () => hasAll(12))
      await eventually('empty outboxes', async () => (await keptIn(connection)).every(({ outbox }) => isEmpty(outbox)))
      const versions = (await keptIn(connection)).map(({ _id, version }) => [_id, version])
      expect(versions.map(([, version]) => version)).toEqual([5, 5, 5])
      expect(await shownIn(connection)).toEqual(versions)
    } finally {
      await stopAll(started)
      await closeMongo(connection)
    }
  })
})

const isEmpty = (record: object) => Object.keys(record).length === 0
const keptIn = ({ db }: Connection) => db!.collection<Kept>('orders').find().sort({ _id: 1 }).toArray()

async function shownIn({ db }: Connection) {
  const shown = await db!.collection<{ _id: string; sequence: number }>('shown').find().sort({ _id: 1 }).toArray()
  return shown.map(({ _id, sequence }) => [_id, sequence])
}
