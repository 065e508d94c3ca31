import { existsSync, readFileSync } from 'node:fs'
import { analytics } from '@mpics/contracts'
import { MINUTE_MS } from '@mpics/contracts/durations'
import type { Supervised } from '@mpics/tools/environment/processes/supervised'
import type { Service } from '@mpics/tools/environment/system/services'
import { eventually } from '@mpics/testing/eventually'
import type { FaultySystem } from '../system/faulty-system.js'
import { survives } from '../system/survives.js'

const LIBRARY = '/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1'
const MINUTES = 10

/** A clock ahead would delay unsent mails by as much. */
const LATE: readonly Service[] = ['profiles', 'media', 'analytics', 'notifications']
const EARLY: readonly Service[] = ['profiles', 'media', 'analytics']
/** Their events need no call to another service, whose tokens would be too old or too new. */
const ALONE: readonly Service[] = ['media', 'analytics']

export function clockTests(faulty: () => FaultySystem): void {
  const whereClocksCanBeWrong = existsSync(LIBRARY) ? it : it.skip
  whereClocksCanBeWrong(`replicas whose clocks are ${MINUTES} minutes off, either way`, async () => {
    await survives(faulty(), {
      fault: async (load) => {
        const { services } = faulty().system
        await Promise.all([
          ...LATE.map((name) => replicaThatIsOff(faulty(), name, -MINUTES)),
          ...EARLY.map((name) => replicaThatIsOff(faulty(), name, MINUTES)),
        ])
        await faulty().progress(15)
        await Promise.all(ALONE.map((name) => services[name].stop()))
        for (const name of ALONE)
          await eventually(`a wrong clock to lead ${name}`, async () => (await faulty().leaderOf(name)) !== undefined)
        const told = await totalsTold(faulty())
        await load.people[0]!.view('/explore')
        await eventually('analytics to tell of it', async () => (await totalsTold(faulty())) > told)
        await Promise.all(ALONE.map((name) => services[name].start()))
        await faulty().withoutReplicas()
      },
    })
  })
}

async function replicaThatIsOff(faulty: FaultySystem, name: Service, minutes: number): Promise<void> {
  const replica = await faulty.replica(name, {
    LD_PRELOAD: LIBRARY,
    FAKETIME: `${minutes > 0 ? '+' : ''}${minutes}m`,
    // timers go by the monotonic clock, which nobody sets
    FAKETIME_DONT_FAKE_MONOTONIC: '1',
  })
  expect(Math.abs(offBy(replica) / MINUTE_MS - minutes)).toBeLessThan(1)
}

function offBy(replica: Supervised): number {
  const lines = readFileSync(replica.logFile, 'utf8').split('\n')
  const last = lines.findLast((line) => line.startsWith('{'))
  const { time } = JSON.parse(last ?? '{}') as { time?: string | number }
  return new Date(time ?? Number.NaN).getTime() - Date.now()
}

const totalsTold = async (faulty: FaultySystem): Promise<number> =>
  (await faulty.recordsOf(analytics.viewTotalUpdated.topic.name)).length
