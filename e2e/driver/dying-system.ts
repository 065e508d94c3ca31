import { mkdtempSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eventually } from '@mpics/testing/eventually'
import { type Service, serviceNames } from '@mpics/tools/environment/system/services'
import { logFolder, type Running, system } from './system.js'

const FIRED_MS = 240_000
const MAX_PAUSE_MS = 500

/** A system whose processes can be made to die at their fail points. `prepare` runs before it starts, and gives all of them variables. */
export function dyingSystem(prepare: () => Promise<Record<string, string>> = () => Promise.resolve({})) {
  const armed = mkdtempSync(join(tmpdir(), 'mpics-armed-'))
  const extra = Object.fromEntries(serviceNames.map((name) => [name, { FAULT: `@${join(armed, name)}` }]))
  beforeAll(async () => {
    const variables = await prepare()
    for (const name of serviceNames) Object.assign(extra[name]!, variables)
  })
  const running = system({ extra, maxPauseMs: MAX_PAUSE_MS })
  return {
    running,
    dies: (service: Service, point: string, after = 0) => dies(running, armed, service, `${point}:kill:after${after}`),
  }
}

/** Resolves when the process has died there. */
async function dies(running: Running, armed: string, service: Service, fault: string): Promise<void> {
  const [point] = fault.split(':')
  const log = async () => readFile(join(logFolder(running), `${service}.log`), 'utf8')
  const times = async () => (await log()).split(`fail-point ${point}: kill`).length
  const before = await times()
  writeFileSync(join(armed, service), fault)
  await eventually(`${service} to die at ${point}`, async () => (await times()) > before, FIRED_MS)
}
