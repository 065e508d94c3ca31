import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ServiceHarness } from './service-harness.js'

/** Opens the harness of a test file with fail-points, which `arm` arms (`point:throw`) and disarms (an empty text). */
export function faultyHarness() {
  const folder = mkdtempSync(join(tmpdir(), 'mpics-fault-'))
  const fault = join(folder, 'fault')
  const opened = {} as { harness: ServiceHarness; arm: (what: string) => void }
  opened.arm = (what) => writeFileSync(fault, what)
  beforeAll(async () => {
    // before the service is loaded: it reads at its start which file arms its fail-points
    process.env['FAULT'] = `@${fault}`
    opened.harness = await (await import('./service-harness.js')).ServiceHarness.open()
    delete process.env['FAULT']
    jest.spyOn(process.stderr, 'write').mockReturnValue(true)
  })
  afterAll(async () => {
    jest.restoreAllMocks()
    await opened.harness.close()
    rmSync(folder, { recursive: true })
  })
  return opened
}
