import type { Attempt, Command } from '../evidence/history.js'

/** A command with all attempts at it. */
export interface Issued<C extends Command = Command> {
  asked: C
  acknowledged: boolean
  /** The last attempt was answered, with yes or no. */
  settled: boolean
  /** How many attempts had no answer: each may have been carried out, and even later than what was asked after it. */
  unknown: number
  /** What the answers named. */
  id?: string
}

type Kind = Command['kind']
type Of<K extends Kind> = Extract<Command, { kind: K }>

/** The commands of some kinds, in the order in which they were first asked. */
export function issued<K extends Kind>(attempts: readonly Attempt[], ...kinds: K[]): Issued<Of<K>>[] {
  const found = new Map<number, Issued<Of<K>>>()
  for (const { command, asked, outcome, id } of attempts) {
    if (!kinds.includes(asked.kind as K)) continue
    const known = found.get(command) ?? { asked: asked as Of<K>, acknowledged: false, settled: false, unknown: 0 }
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

/** Attempts of which nobody knows what came; one that was broken off before it was written down counts as well. */
export const openIn = ({ unknown, settled }: Issued): number => (settled ? unknown : Math.max(1, unknown))

export interface History<V> {
  /** The changes that the acknowledged commands made, one after the other. */
  changes: V[]
  /** Attempts without an answer. */
  open: number
  /** What may be the state at the end: what was acknowledged last, or what an open attempt asked for. */
  finals: V[]
}

/** What became of one value that commands set, one after the other. Setting what holds already changes nothing. */
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

/**
 * Whether so many changes can be: at least those that were acknowledged; an open attempt that comes late makes one more, and
 * has another one made again.
 */
export const isPossibleCount = (found: number, { changes, open }: History<unknown>): boolean =>
  found >= changes.length && found <= changes.length + 2 * open
