import { readFileSync } from 'node:fs'

/** A pid is used again sooner or later; the pid with its start time and the boot it belongs to is not. */
export interface ProcessIdentity {
  pid: number
  startedAt: string
  boot: string
}

export function identify(pid: number): ProcessIdentity | null {
  const startedAt = startTicks(pid)
  return startedAt === null
    ? null
    : { pid, startedAt, boot: readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim() }
}

export function isRunning(identity: ProcessIdentity): boolean {
  const now = identify(identity.pid)
  return now !== null && now.startedAt === identity.startedAt && now.boot === identity.boot
}

function startTicks(pid: number): string | null {
  try {
    return ticksOf(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return null
  }
}

/** The name in field 2 may hold spaces and parentheses: count from the last one. A zombie (Z) is not running. */
export function ticksOf(stat: string): string | null {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return fields[0] === 'Z' ? null : (fields[19] ?? null)
}
