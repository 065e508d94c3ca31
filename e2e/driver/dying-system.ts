import { mkdtempSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eventually } from '@mpics/testing/eventually'
import { type Service, serviceNames } from '@mpics/tools/environment/system/services'
import { logFolder, type Running, system } from './system.js'

const FIRED_MS = 240_000
const MAX_PAUSE_MS = 500

/** A system whose processes can be made to die at their fail points. */
export function dyingSystem() {
  const armed = mkdtempSync(join(tmpdir(), 'mpics-armed-'))
  const extra = Object.fromEntries(serviceNames.map((name) => [name, { FAULT: `@${join(armed, name)}` }]))
  const running = system({ extra, maxPauseMs: MAX_PAUSE_MS })
  return { running, dies: (service: Service, point: string) => dies(running, armed, service, point) }
}

/** Resolves when the process has died there. */
async function dies(running: Running, armed: string, service: Service, point: string): Promise<void> {
  const log = async () => readFile(join(logFolder(running), `${service}.log`), 'utf8')
  const times = async () => (await log()).split(`fail-point ${point}: kill`).length
  const before = await times()
  writeFileSync(join(armed, service), `${point}:kill`)
  await eventually(`${service} to die at ${point}`, async () => (await times()) > before, FIRED_MS)
}
