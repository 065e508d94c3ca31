import { setTimeout as delay } from 'node:timers/promises'
import { topicsOf } from '@mpics/contracts/catalogue'
import { freePorts } from '@mpics/tools/environment/servers/ports'
import { serviceNames, type Service } from '@mpics/tools/environment/system/services'
import { eventually } from '@mpics/testing/eventually'
import type { FaultySystem } from '../system/faulty-system.js'
import type { Observed } from '../evidence/observed.js'
import { survives } from '../system/survives.js'
import { Chance } from '../load/chance.js'

export function replicaTests(faulty: () => FaultySystem): void {
  it('two replicas of each service, of which one dies', async () => {
    const { services } = faulty().system
    const [port] = await freePorts(1)
    const env: Partial<Record<Service, Record<string, string>>> = { gateway: { HTTP_PORT: String(port) } }
    const replicas = await Promise.all(serviceNames.map((name) => faulty().replica(name, env[name])))
    await survives(faulty(), {
      // newcomers use one gateway, residents the other
      gatewayUrl: `http://127.0.0.1:${port}`,
      fault: async (_, seed) => {
        const chance = new Chance(seed)
        for (const [i, name] of serviceNames.entries()) {
          await faulty().progress(chance.below(6))
          const before = new Date()
          const dying = chance.below(2) ? replicas[i]! : services[name]
          // a replica stays dead, but each gateway has people of its own
          await (dying === services[name] || name === 'gateway' ? dying.kill() : dying.killAndStay())
          if (name === 'notifications') faulty().senderDied(before)
        }
      },
    })
  })

  it('a process that is paused for longer than its lease while it publishes, and goes on', async () => {
    const { profiles } = faulty().system.services
    const replica = await faulty().replica('profiles')
    let held: string[] = []
    await survives(faulty(), {
      fault: async () => {
        await faulty().strike('profiles', 'relay.beforeSend:delay3000')
        const leader = await faulty().leaderOf('profiles')
        const paused = leader === profiles.pid ? profiles : replica
        paused.kill('SIGSTOP')
        try {
          faulty().disarm('profiles')
          held = unpublished(await faulty().observe(), 'profiles')
          await eventually('the other one to publish', async () => {
            const other = await faulty().leaderOf('profiles')
            return other && other !== leader && (await published(faulty(), held))
          })
        } finally {
          paused.kill('SIGCONT')
        }
        await faulty().progress(10)
      },
    })
    expect(held).not.toEqual([])
    const after = await faulty().observe()
    expect(held.filter((id) => times(after, id) !== 1)).toEqual([])
  })

  it('a rebalance in the middle of a batch', async () => {
    await survives(faulty(), {
      fault: async (load, seed) => {
        const chance = new Chance(seed)
        const struck = faulty().strike('analytics', `consumer.beforeHandle:delay${100 + chance.below(200)}`)
        for (let round = 0; round < 2; round++) {
          const views = Promise.all(load.people.map((person) => viewOften(person)))
          const replica = await faulty().replica('analytics')
          await delay(chance.below(1_000))
          await replica.stop()
          await views
        }
        await struck
        faulty().disarm('analytics')
      },
    })
  })
}

const ids = ({ records }: Observed) =>
  Object.values(records)
    .flat()
    .map(({ headers }) => headers['ce_id'])
const times = (seen: Observed, event: string) => ids(seen).filter((id) => id === event).length

/** Events that a service has saved, and Kafka does not hold yet. */
function unpublished(seen: Observed, service: string): string[] {
  const known = new Set(ids(seen))
  const saved = Object.values(seen.documents[service] ?? {})
    .flat()
    .flatMap(({ _outbox = [] }) => (_outbox as { id: string }[]).map(({ id }) => id))
  return saved.filter((id) => !known.has(id))
}

async function published(faulty: FaultySystem, held: readonly string[]): Promise<boolean> {
  const records = await Promise.all(topicsOf('profiles').map(({ name }) => faulty.recordsOf(name)))
  const known = new Set(records.flat().map(({ headers }) => headers['ce_id']))
  return held.every((id) => known.has(id))
}

const PAGES = ['/', '/explore', '/policies/privacy', '/help/cookies']

async function viewOften(person: { view(page: string): Promise<void> }): Promise<void> {
  for (let i = 0; i < 60; i++) await person.view(PAGES[i % PAGES.length]!)
}
