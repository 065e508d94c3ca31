import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eventually } from '@mpics/testing/eventually'
import type { ServiceHarness } from './service-harness.js'

interface Faulty {
  harness: ServiceHarness
  /** Arms a fail-point (`point:throw`), or disarms all (an empty text). */
  arm: (what: string) => void
  /** Begins what a fail-point holds, and resolves once it is held there. */
  held: <T>(point: string, begin: () => Promise<T>) => Promise<{ release: () => Promise<T> }>
}

/** Opens the harness of a test file with fail-points. */
export function faultyHarness() {
  const folder = mkdtempSync(join(tmpdir(), 'mpics-fault-'))
  const fault = join(folder, 'fault')
  const said: string[] = []
  const opened = {} as Faulty
  opened.arm = (what) => writeFileSync(fault, what)
  opened.held = async (point, begin) => {
    said.length = 0
    opened.arm(`${point}:hold`)
    const begun = begin()
    await eventually(`${point} to hold`, () => said.join('').includes(`fail-point ${point}: hold`))
    return {
      release: () => {
        opened.arm('')
        return begun
      },
    }
  }
  beforeAll(async () => {
    // before the service is loaded: it reads at its start which file arms its fail-points
    process.env['FAULT'] = `@${fault}`
    opened.harness = await (await import('./service-harness.js')).ServiceHarness.open()
    delete process.env['FAULT']
    jest.spyOn(process.stderr, 'write').mockImplementation((line) => said.push(String(line)) > 0)
  })
  afterAll(async () => {
    jest.restoreAllMocks()
    await opened.harness.close()
    rmSync(folder, { recursive: true })
  })
  return opened
}
