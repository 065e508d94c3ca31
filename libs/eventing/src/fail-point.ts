import { setTimeout as delay } from 'node:timers/promises'

/**
 * Here: relay.beforeSend, relay.afterSend, outbox.afterSave, consumer.beforeHandle, consumer.afterHandle, deadLetter.afterSend,
 * deadLetters.beforeSend, deadLetters.afterSend, rebuild.afterMark, rebuild.afterBatch, rebuild.beforeSweep.
 */
export type FailPoint = `${string}.${string}` | 'mail.beforeSend' | 'mail.afterSend'

interface Fault {
  name: string
  action: string
  /** How many passages are let through first. */
  after: number
}

/** `FAULT=outbox.afterSave:kill` or, after three harmless passages, `FAULT=outbox.afterSave:kill:after3`. */
export function parseFault(text: string | undefined): Fault | undefined {
  const [name, action, after] = (text ?? '').split(':')
  if (!name || !action) return undefined
  return { name, action, after: Number(after?.replace('after', '') ?? 0) }
}

// eslint-disable-next-line no-restricted-properties -- a switch of the fault harness, deliberately outside of every app's configuration
const fault = parseFault(process.env['FAULT'])
const PAUSE_MS = 15_000

/** A place where the fault harness may stop the process. Does nothing unless `FAULT` names it. */
export function failPoint(name: FailPoint): void | Promise<void> {
  if (fault?.name === name) return strike(fault)
}

async function strike(fault: Fault): Promise<void> {
  if (fault.after-- > 0) return
  process.stderr.write(`fail-point ${fault.name}: ${fault.action}\n`)
  if (fault.action === 'kill') process.kill(process.pid, 'SIGKILL')
  if (fault.action === 'throw') throw new Error(`fail-point ${fault.name}`)
  if (fault.action === 'pause') await delay(PAUSE_MS)
}
