import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { UserFacingError } from '../user-facing-error.js'
import { identify, isRunning, type ProcessIdentity } from './process-identity.js'

const lockOf = (folder: string) => join(folder, 'supervisor.json')

/** Two supervisors over the same data would spoil it: the second one is told who was first. */
export function takeFolder(folder: string): void {
  const holder = holderOf(folder)
  if (holder && holder.pid !== process.pid && isRunning(holder))
    throw new UserFacingError(
      `It is already running from this folder, as process ${holder.pid}. Use that one, or stop it first (Ctrl-C there, or kill ${holder.pid}).`,
    )
  mkdirSync(folder, { recursive: true })
  writeFileSync(lockOf(folder), JSON.stringify(identify(process.pid)))
}

export function releaseFolder(folder: string): void {
  if (holderOf(folder)?.pid === process.pid) rmSync(lockOf(folder), { force: true })
}

/** The process that works in the folder; undefined while none does. */
export function supervisorOf(folder: string): number | undefined {
  const holder = holderOf(folder)
  return holder && isRunning(holder) ? holder.pid : undefined
}

function holderOf(folder: string): ProcessIdentity | undefined {
  try {
    return JSON.parse(readFileSync(lockOf(folder), 'utf8')) as ProcessIdentity
  } catch {
    return undefined
  }
}
