import { consumers, eventsOf, topics } from '@mpics/contracts/catalogue'
import { createKafka, EventWriter, readTopic } from '@mpics/eventing'
import type { FaultySystem } from '../system/faulty-system.js'
import type { Documents } from '../evidence/observed.js'
import { survives } from '../system/survives.js'

/** Analytics counts views by their place in the log: writing a record again is another view; reading it again is not. */
const COUNTED_BY_PLACE = 'traffic.page-view'

export function againTests(faulty: () => FaultySystem): void {
  it('each event delivered twice, from the beginning of every topic', async () => {
    await survives(faulty(), { fault: async () => undefined })
    const before = await faulty().observe()
    const { services } = faulty().system
    const hearing = [...new Set(consumers.filter((c) => c.delivery === 'shared').map(({ service }) => service))]
    await Promise.all(hearing.map((name) => services[name].stop()))
    await forgetGroups(faulty(), hearing)
    await Promise.all(hearing.map((name) => services[name].start()))
    await faulty().untilIdle()
    expect(await faulty().violations()).toEqual([])
    expect(statesOf((await faulty().observe()).documents)).toEqual(statesOf(before.documents))
  })

  it('each record written a second time while people use it', async () => {
    await survives(faulty(), {
      fault: async () => {
        await faulty().progress(5)
        await writeAgain(faulty())
      },
    })
  })
}

/** Without its offsets a group reads its topics from their beginning; Kafka can delete only a group without members. */
async function forgetGroups({ kafka }: FaultySystem, services: readonly string[]): Promise<void> {
  const admin = createKafka(kafka).admin()
  await admin.connect()
  try {
    await admin.deleteGroups(services.map((service) => kafka.prefix + service))
  } finally {
    await admin.disconnect()
  }
}

async function writeAgain({ kafka }: FaultySystem): Promise<void> {
  const writer = await EventWriter.connect(kafka)
  for (const { name } of topics.filter((topic) => topic.name !== COUNTED_BY_PLACE && eventsOf(topic).length > 0)) {
    const records = await readTopic(kafka, name)
    // the tests' poison has been there once, and is enough
    const real = records.filter(({ headers }) => headers['ce_source'] !== undefined)
    if (real.length > 0)
      await writer.records(
        name,
        real.map(({ key, value, headers }) => ({ key, value, headers })),
      )
  }
  await writer.close()
}

/**
 * Omits the services' own state: leases, inboxes, kept answers, counts that are forgotten at each event of a follow, and how far hours were
 * counted; the days that are counted a moment after their facts, which are compared; and the requests, as looking at all of this makes some.
 */
function statesOf(documents: Documents): Documents {
  const own = (name: string) => !/^_|lease|inbox|idempotency|attempts|request_hours|community_days/.test(name)
  return Object.fromEntries(
    Object.entries(documents).map(([service, collections]) => [
      service,
      Object.fromEntries(
        Object.entries(collections).flatMap(([name, all]) =>
          own(name) ? [[name, all.map(({ tally: _, touches: _touches, seen: _seen, ...kept }) => kept)]] : [],
        ),
      ),
    ]),
  )
}
