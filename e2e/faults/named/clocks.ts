import { existsSync } from 'node:fs'
import type { FaultySystem } from '../../support/faults/faulty-system.js'
import { survives } from '../../support/faults/run.js'

/** Of Debian's package faketime. */
const LIBRARY = '/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1'
const MINUTES = 10

export function clockTests(faulty: () => FaultySystem): void {
  const whereClocksCanBeWrong = existsSync(LIBRARY) ? it : it.skip
  whereClocksCanBeWrong(`replicas whose clocks are ${MINUTES} minutes off, either way`, async () => {
    const wrong = (minutes: number) => ({
      LD_PRELOAD: LIBRARY,
      FAKETIME: `${minutes > 0 ? '+' : ''}${minutes}m`,
      // timers go by the monotonic clock, which nobody sets
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
    })
    await survives(faulty(), {
      fault: async () => {
        // one that is ahead would put off the mails that it cannot send by as much
        const late = ['profiles', 'media', 'analytics', 'notifications'] as const
        const early = ['profiles', 'media', 'analytics'] as const
        await Promise.all([
          ...late.map((name) => faulty().replica(name, wrong(-MINUTES))),
          ...early.map((name) => faulty().replica(name, wrong(MINUTES))),
        ])
        await faulty().progress(15)
        await faulty().withoutReplicas()
      },
    })
  })
}
