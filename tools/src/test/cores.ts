import { cpus } from 'node:os'

interface Spent {
  busy: number
  all: number
}

function spent(): Spent {
  const times = cpus().map((core) => core.times)
  const all = times.flatMap((each) => Object.values(each)).reduce((sum, ms) => sum + ms, 0)
  return { all, busy: all - times.reduce((sum, { idle }) => sum + idle, 0) }
}

/** The share of all cores, from now until it is asked for, in which they worked for anybody. */
export function coresBusy(): () => number {
  const before = spent()
  return () => {
    const now = spent()
    return now.all > before.all ? (now.busy - before.busy) / (now.all - before.all) : 0
  }
}
