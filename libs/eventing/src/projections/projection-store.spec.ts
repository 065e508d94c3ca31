import type { Connection } from '@mpics/mongo'
import fc from 'fast-check'
import { ModelCollection } from '../../test/model/collection.js'
import { runs } from '../../test/model/runs.js'
import { ProjectionStore } from './projection-store.js'

const SCHEDULES = 100

type Statement = { q: { _id: string }; u: Record<string, unknown>; upsert: boolean }

/** Puts what it is given into any order; the same seed leads to the same orders. */
function shuffler(seed: number) {
  let state = seed
  const below = (n: number) => (state = (state * 48_271) % 2_147_483_647) % n
  return (items: readonly number[]): number[] => {
    const left = [...items]
    return items.map(() => left.splice(below(left.length), 1)[0]!)
  }
}

/** Delivers the events, and tells what the projection shows in the end and what was written to it on the way. */
async function project(sequences: readonly number[]) {
  const projection = new ModelCollection()
  const collection = projection.client((_what, effect) => Promise.resolve().then(effect))
  const store = new ProjectionStore({ collection })
  const written: number[] = []
  for (const says of sequences) {
    const before = projection.documents.get('a')
    await store.apply('a', says, { says })
    if (projection.documents.get('a') !== before) written.push(says)
  }
  return { shown: projection.documents.get('a'), written }
}

async function projectTogether(sequences: readonly number[]) {
  const projection = new ModelCollection()
  let requests = 0
  const collection = projection.client((_what, effect) => Promise.resolve(++requests).then(effect))
  const store = new ProjectionStore({ collection })
  await Promise.all(['a', 'b'].flatMap((id) => sequences.map((says) => store.apply(id, says, { says }))))
  return { shown: ['a', 'b'].map((id) => projection.documents.get(id)?.['says']), requests }
}

/** Makes the updates of each command as MongoDB would, and tells of which collection it was. */
function databaseOf(projection: ModelCollection) {
  const commands: string[] = []
  const { updateOne } = projection.client((_what, effect) => Promise.resolve().then(effect))
  const made = ({ q, u, upsert }: Statement) => updateOne(q, u, { upsert }).then(({ modifiedCount }) => modifiedCount)
  const command = async ({ update, updates }: { update: string; updates: readonly Statement[] }) => {
    commands.push(update)
    const ends = await Promise.allSettled(updates.map(made))
    const failed = ends.flatMap((end, index) => (end.status === 'rejected' ? [{ index, ...end.reason }] : []))
    return { n: ends.reduce((sum, end) => sum + (end.status === 'fulfilled' ? end.value : 0), 0), writeErrors: failed }
  }
  return { commandsOn: { db: { command } } as unknown as Connection, commands }
}

describe('a projection guarded by the sequence', () => {
  it('shows the last event, in whatever order they come and however often', async () => {
    const events = fc.uniqueArray(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 6 })
    const seeds = fc.integer({ min: 1, max: 2_147_483_646 })
    await fc.assert(
      fc.asyncProperty(events, fc.nat(3), seeds, async (once, twice, seed) => {
        const shuffled = shuffler(seed)
        const last = Math.max(...once)
        for (let schedule = 0; schedule < SCHEDULES; schedule++) {
          const { shown, written } = await project(shuffled([...once, ...once.slice(0, twice)]))
          const rising = written.every((sequence, i) => i === 0 || sequence > written[i - 1]!)
          if (!rising || shown?.['sequence'] !== last || shown['says'] !== last) expect({ shown, written }).toBe(last)
        }
      }),
      runs(1_000),
    )
  })

  it('shows the last event of each key when they are written together, in two requests', async () => {
    const events = fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 12 })
    await fc.assert(
      fc.asyncProperty(events, async (sequences) => {
        const last = Math.max(...sequences)
        expect(await projectTogether(sequences)).toEqual({ shown: [last, last], requests: 2 })
      }),
      runs(300),
    )
  })

  it('writes what may wait along with the first that may not', async () => {
    const projection = new ModelCollection()
    let requests = 0
    const collection = projection.client((_what, effect) => Promise.resolve(++requests).then(effect))
    const store = new ProjectionStore({ collection }, { lingerMs: ({ mayWait }) => (mayWait === true ? 2 ** 30 : 0) })
    const waiting = ['a', 'b'].map((id) => store.apply(id, 1, { mayWait: true }))
    await Promise.all([...waiting, store.apply('a', 2, { mayWait: false })])
    expect([requests, projection.documents.get('a')?.['sequence'], projection.documents.size]).toEqual([1, 2, 2])
  })

  it('goes as one command where it is a part of documents: a late event and one of an absent document change nothing', async () => {
    const projection = new ModelCollection()
    projection.documents.set('a', { _id: 'a' })
    const { commandsOn, commands } = databaseOf(projection)
    const collection = { ...projection.client((_what, effect) => Promise.resolve().then(effect)), collectionName: 'c' }
    const store = new ProjectionStore({ collection }, { within: 'part', commandsOn })
    await store.applyAll([2, 1].map((sequence) => ({ id: 'a', sequence, fields: { says: sequence } })))
    await store.apply('b', 1, { says: 1 })
    expect([...projection.documents.values()]).toEqual([{ _id: 'a', 'part.says': 2, 'part.sequence': 2 }])
    expect(commands).toEqual(['c', 'c'])
  })
})
