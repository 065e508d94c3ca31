import type { Attempt, Command } from '../evidence/history.js'

export interface Issued<C extends Command = Command> {
  /** Grows with time. */
  command: number
  asked: C
  acknowledged: boolean
  /** The last attempt had an answer, yes or no. */
  settled: boolean
  /** Attempts without an answer: each may have had its effect, even after later commands. */
  unknown: number
  id?: string
}

type Kind = Command['kind']
type Of<K extends Kind> = Extract<Command, { kind: K }>

/** The commands of some kinds, in the order of their first attempts. */
export function issued<K extends Kind>(attempts: readonly Attempt[], ...kinds: K[]): Issued<Of<K>>[] {
  const found = new Map<number, Issued<Of<K>>>()
  for (const { command, asked, outcome, id } of attempts) {
    if (!kinds.includes(asked.kind as K)) continue
    const known = found.get(command) ?? {
      command,
      asked: asked as Of<K>,
      acknowledged: false,
      settled: false,
      unknown: 0,
    }
    found.set(command, {
      ...known,
      acknowledged: known.acknowledged || outcome === 'acknowledged',
      settled: outcome !== 'unknown',
      unknown: known.unknown + (outcome === 'unknown' ? 1 : 0),
      id: id ?? known.id,
    })
  }
  return [...found.values()]
}

/** Attempts with an unknown result; one that broke off before its record counts as well. */
export const openIn = ({ unknown, settled }: Issued): number => (settled ? unknown : Math.max(1, unknown))

export interface History<V> {
  /** Changes by acknowledged commands, in order. */
  changes: V[]
  /** Attempts without an answer. */
  open: number
  /** Allowed final states: the last acknowledged one, or one that an open attempt asked for. */
  finals: V[]
}

/** Follows one value through the commands that set it. Setting the present value changes nothing. */
export function historyOf<V>(initial: V, commands: readonly { value: V; issued: Issued }[]): History<V> {
  const changes: V[] = []
  let current = initial
  for (const { value, issued } of commands) {
    if (!issued.acknowledged || value === current) continue
    changes.push(value)
    current = value
  }
  const open = commands.filter(({ issued }) => openIn(issued) > 0)
  return {
    changes,
    open: open.reduce((sum, { issued }) => sum + openIn(issued), 0),
    finals: [current, ...open.map(({ value }) => value)],
  }
}

/** At least the acknowledged changes; an open attempt that comes late makes one more, and has another one made again. */
export const isPossibleCount = (found: number, { changes, open }: History<unknown>): boolean =>
  found >= changes.length && found <= changes.length + 2 * open
