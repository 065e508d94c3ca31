import { serviceNames, type Service } from '@mpics/tools/environment/system/services'
import type { FaultySystem } from '../system/faulty-system.js'
import type { Command } from '../evidence/history.js'
import { survives } from '../system/survives.js'

/** A client may meet it while a service behind the gateway is being replaced. */
const MENDED_BY_A_RETRY = [503]
/** Nobody listens while the only gateway is being replaced. */
const NOBODY_LISTENS = [0, ...MENDED_BY_A_RETRY]

export function orderlyStopTests(faulty: () => FaultySystem): void {
  it.each([
    ['each service behind the gateway', serviceNames.filter((name) => name !== 'gateway'), MENDED_BY_A_RETRY],
    ['the gateway', ['gateway'] as Service[], NOBODY_LISTENS],
  ] as const)('SIGTERM of %s while people use it', async (_, services, answers) => {
    const { history, system } = faulty()
    const before = history.attempts.length
    await survives(faulty(), {
      steps: 15,
      fault: async () => {
        for (const name of services) {
          await faulty().progress(4)
          await system.services[name].restart()
          // the service logs it only when all was done within its 20 s
          expect([name, lastWords(faulty(), name)]).toEqual([name, 'stopped'])
        }
      },
    })
    const open = history.attempts.slice(before).filter(({ outcome }) => outcome !== 'acknowledged')
    expect(open.filter(({ status, asked }) => !isExplained(status, asked, answers))).toEqual([])
  })
}

function isExplained(status: number, asked: Command, answers: readonly number[]): boolean {
  // a client that is still sending may find the connection closed before it reads the answer
  const isCutOff = status === 0 && asked.kind === 'upload'
  const isManyChangesOfMind = status === 429 && asked.kind === 'consent'
  return answers.includes(status) || isCutOff || isManyChangesOfMind
}

/** The last lines of the process that ended last. */
function lastWords(faulty: FaultySystem, service: Service): string | undefined {
  const lines = faulty.log(service).split('\n')
  const ends = lines.filter((line) => line.startsWith('{') && /"msg":"stopped/.test(line))
  return (JSON.parse(ends.at(-1) ?? '{}') as { msg?: string }).msg
}
