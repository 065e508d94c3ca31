import { filesOf, isTest, textOf } from '../structure/sources.js'
import { everyKillPoint } from './kill-points.js'

/** Where a process dies that is none of the six, or for which a whole system would have to wait for days or begin a rebuild. */
const STRUCK_ELSEWHERE: Record<string, string> = {
  'factor-recovery.afterSave': 'apps/identity/test/factor-recovery-dies.int-spec.ts',
  'ledger.afterKeep': 'apps/identity/test/ledger-dies.int-spec.ts',
  'ledger-root.beforeSave': 'apps/identity/test/ledger-dies.int-spec.ts',
  'campaign.afterQueue': 'apps/notifications/test/legal-notices-die.int-spec.ts',
  'lake.afterPut': 'apps/analytics/test/lake-dies.int-spec.ts',
  'erasure.afterOpen': 'e2e/promises/erased-accounts.e2e-spec.ts',
  'erasure.afterEntry': 'e2e/promises/erased-accounts.e2e-spec.ts',
  'erasure.beforeNote': 'e2e/promises/erased-accounts.e2e-spec.ts',
  'erasure.afterMail': 'e2e/promises/erased-accounts.e2e-spec.ts',
  'rebuild.afterMark': 'tools/test/rebuild.int-spec.ts',
  'rebuild.afterBatch': 'tools/test/rebuild.int-spec.ts',
  'rebuild.beforeSweep': 'tools/test/rebuild.int-spec.ts',
  'backup.beforeFile': 'apps/mpics/test/backup.int-spec.ts',
  'backup.beforeManifest': 'apps/mpics/test/backup.int-spec.ts',
  'restore.beforeFile': 'apps/mpics/test/backup.int-spec.ts',
  'deadLetters.beforeSend': 'apps/mpics/test/mpics.int-spec.ts',
  'deadLetters.afterSend': 'apps/mpics/test/mpics.int-spec.ts',
}

const calls = /\bfailPoint\('([\w-]+\.\w+)'\)/g
const passed = filesOf('{apps,libs}/*/src/**/*.ts')
  .filter((path) => !isTest(path))
  .flatMap((path) => [...textOf(path).matchAll(calls)].map(([, point]) => ({ point: point!, app: appOf(path) })))

/** Undefined for a library, whose fail points any service passes. */
function appOf(path: string): string | undefined {
  return /^apps\/([^/]+)\//.exec(path)?.[1]
}

const isStruck = ({ point, app }: (typeof passed)[number]): boolean =>
  point in STRUCK_ELSEWHERE ||
  everyKillPoint.some((at) => at.point === point && (app === undefined || at.service === app))

describe('each fail point of the code', () => {
  it('is struck by a fault: add it to kill-points.ts, or say which test strikes it', () => {
    expect(passed.filter((one) => !isStruck(one))).toEqual([])
  })

  it('is struck where this says', () => {
    const misses = Object.entries(STRUCK_ELSEWHERE).filter(([point, path]) => !textOf(path).includes(point))
    expect(misses).toEqual([])
  })

  it('is there: no fault waits for one that nobody passes', () => {
    const known = new Set(passed.map(({ point }) => point))
    const gone = [...everyKillPoint.map(({ point }) => point), ...Object.keys(STRUCK_ELSEWHERE)]
    expect(gone.filter((point) => !known.has(point))).toEqual([])
  })
})
