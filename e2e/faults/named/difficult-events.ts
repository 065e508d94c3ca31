import { gateway } from '@mpics/contracts'
import { DeadLetters, EventWriter } from '@mpics/eventing'
import { eventually } from '@mpics/testing/eventually'
import { randomUUID } from 'node:crypto'
import type { FaultySystem } from '../system/faulty-system.js'
import { survives } from '../system/survives.js'
import { Chance } from '../load/chance.js'

const MANY = 10_000
const BATCH_SIZE = 500
/** Enough keys for every partition to have some. */
const PAGES = 100
/** Sequence of the end of a follow, after its start. */
const ENDED = 2

export function difficultEventTests(faulty: () => FaultySystem): void {
  it('events of one key reordered across the replay of a dead letter', async () => {
    await survives(faulty(), {
      fault: async () => {
        const [one, other] = await faulty().newMembers(2)
        const letters = new DeadLetters(faulty().kafka)
        faulty().arm('media', 'consumer.beforeHandle:refuse')
        await other!.follow(one!)
        const key = `${other!.accountId}:${one!.accountId}`
        const mine = () => letters.list({ topic: 'profiles.follow', group: 'media' })
        const letter = await eventually('a dead letter', async () => (await mine()).find((l) => l.key === key))
        faulty().disarm('media')
        await other!.unfollow(one!)
        const knowsTheEnd = async () => (await knownToMedia(faulty(), key)) === ENDED
        await eventually('media to know that it ended', knowsTheEnd)
        for (const { id } of await letters.list({ group: 'media' })) await letters.replay(id, 'tester', 'mended')
        expect(letter.reaction).toContain('AdmitFollowerOnFollow')
      },
    })
  })

  it(`a poison message among ${MANY}`, async () => {
    await survives(faulty(), {
      steps: 2,
      fault: async (_, seed) => {
        const chance = new Chance(seed)
        const pages = Array.from({ length: PAGES }, () => `/photos/${randomUUID()}`)
        const pageOf = (i: number) => pages[i % PAGES]!
        const writer = await EventWriter.connect(faulty().kafka)
        const place = chance.below(MANY)
        const records = Array.from({ length: MANY }, (_, i) => (i === place ? poison : view)(pageOf(i)))
        faulty().allowed.poison.push(records[place]!.headers.ce_id)
        for (let i = 0; i < MANY; i += BATCH_SIZE)
          await writer.records(gateway.pageViewRecorded.topic.name, records.slice(i, i + BATCH_SIZE))
        await writer.close()
        for (let i = 0; i < MANY; i++) if (i !== place) faulty().history.assume({ kind: 'view', page: pageOf(i) })
      },
    })
  })

  it('a consumer that is ten times too slow', async () => {
    const slow = ['profiles', 'media', 'notifications'] as const
    await survives(faulty(), {
      fault: async () => {
        const struck = slow.map((name) => faulty().strike(name, 'consumer.beforeHandle:delay400'))
        await faulty().progress(30)
        await Promise.all(struck)
        for (const name of slow) faulty().disarm(name)
      },
    })
  })
}

/** Sequence of the last event of a pair that media heard. */
async function knownToMedia(faulty: FaultySystem, pair: string): Promise<number> {
  const found = (await faulty.documentsOf('media', 'follows')).find(({ _id }) => _id === pair)
  return (found?.['sequence'] as number | undefined) ?? 0
}

const headersOf = () => ({ ce_id: randomUUID(), ce_type: gateway.pageViewRecorded.type, ce_source: 'gateway' })

function view(page: string) {
  const data = { ...gateway.pageViewRecorded.example, page, browserId: null, subjectId: null }
  return { key: page, value: JSON.stringify(data), headers: headersOf() }
}

const poison = (page: string) => ({ key: page, value: '{"page":7}', headers: headersOf() })
