import { type History, isPossibleCount, type Issued, openIn } from './issued.js'
import { violation, type Violation } from './violation.js'

export const lost = (about: string, detail: string): Violation => violation('lost command', about, detail)
export const unasked = (about: string, detail: string): Violation => violation('unasked effect', about, detail)

export const openOf = (commands: readonly Issued[]): number =>
  commands.reduce((sum, command) => sum + openIn(command), 0)

/** Decides whether the history allows so many changes, and this final state. */
export function changed<V>(about: string, history: History<V>, found: number, final: V): Violation[] {
  const { changes, open, finals } = history
  const asked = `${changes.length} acknowledged, ${open} open`
  if (!isPossibleCount(found, history))
    return [(found < changes.length ? lost : unasked)(about, `changed ${found} times; ${asked}`)]
  return finals.includes(final) ? [] : [lost(about, `ended as ${String(final)}; ${asked}`)]
}
