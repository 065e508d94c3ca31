import { readFileSync, rmSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { PermanentError } from './errors.js'

/** `<place>.<moment>`, such as relay.beforeSend or upload.afterStore. */
export type FailPoint = `${string}.${string}`

export interface Fault {
  name: string
  /**
   * `kill`; `throw` a passing or `refuse` with a lasting error; `pause`; `delay` with milliseconds: `delay200`; or `hold`, until
   * the file that armed the fault says something else.
   */
  action: string
  /** Passages that the fault lets through first. */
  after: number
  said?: boolean
}

/** `outbox.afterSave:kill` or, after three harmless passages, `outbox.afterSave:kill:after3`. */
export function parseFault(text: string | undefined): Fault | undefined {
  const [name, action, after] = (text ?? '').trim().split(':')
  if (!name || !action) return undefined
  return { name, action, after: Number(after?.replace('after', '') ?? 0) }
}

// oxlint-disable-next-line no-restricted-properties -- a switch of the fault harness, deliberately outside of every app's configuration
const setting = process.env['FAULT']
/** `FAULT=@file`: the file arms and disarms a running process. */
const file = setting?.startsWith('@') ? setting.slice(1) : undefined
let armed = file ? '' : setting
let fault = parseFault(armed)

const PAUSE_MS = 15_000
const RELEASE_MS = 5

/** A place where the fault harness may stop the process. Does nothing unless `FAULT` names it. */
export function failPoint(name: FailPoint): void | Promise<void> {
  if (file) look(file)
  if (fault?.name === name) return strike(fault)
}

function look(path: string): void {
  const found = read(path)
  if (found === armed) return
  armed = found
  fault = parseFault(found)
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

async function strike(fault: Fault): Promise<void> {
  if (fault.after-- > 0) return
  // first: as soon as the death is known, the next fault may be in the file already
  if (fault.action === 'kill' && file) rmSync(file, { force: true })
  if (!fault.said) process.stderr.write(`fail-point ${fault.name}: ${fault.action}\n`)
  fault.said = true
  if (fault.action === 'kill') process.kill(process.pid, 'SIGKILL')
  if (fault.action === 'throw') throw new Error(`fail-point ${fault.name}`)
  if (fault.action === 'refuse') throw new PermanentError(`fail-point ${fault.name}`)
  if (fault.action === 'pause') await delay(PAUSE_MS)
  if (fault.action === 'hold' && file) await released(file)
  if (fault.action.startsWith('delay')) await delay(Number(fault.action.slice('delay'.length)))
}

async function released(path: string): Promise<void> {
  for (const held = armed; read(path) === held;) await delay(RELEASE_MS)
}
