import { setTimeout as sleep } from 'node:timers/promises'

/** Every child leads a group of its own (`detached`), so that whatever it starts ends with it. */
export function signalGroup(leader: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(-leader, signal)
  } catch {
    return false
  }
}

const groupExists = (leader: number) => {
  try {
    return process.kill(-leader, 0)
  } catch {
    return false
  }
}

export async function endGroup(leader: number, timeoutMs: number): Promise<void> {
  if (timeoutMs > 0 && signalGroup(leader, 'SIGTERM') && (await groupGone(leader, timeoutMs))) return
  signalGroup(leader, 'SIGKILL')
  await groupGone(leader, 5_000)
}

async function groupGone(leader: number, timeoutMs: number): Promise<boolean> {
  const until = Date.now() + timeoutMs
  while (groupExists(leader)) {
    if (Date.now() > until) return false
    await sleep(25)
  }
  return true
}
