import { setTimeout as wait } from 'node:timers/promises'

type Look<T> = () => T | Promise<T>
type Found<T> = Exclude<T, false | null | undefined>

/** A loaded machine that is three times slower than another still gets there. */
const WITHIN_MS = 120_000
const EVERY_MS = 25

/** Asks again until `look` neither throws nor resolves to false, null or undefined. */
export async function eventually<T>(look: Look<T>, withinMs?: number): Promise<Found<T>>
/** The error names `what` after a vain wait. */
export async function eventually<T>(what: string, look: Look<T>, withinMs?: number, everyMs?: number): Promise<Found<T>>
export async function eventually<T>(
  ...args: [Look<T>, number?] | [string, Look<T>, number?, number?]
): Promise<Found<T>> {
  if (typeof args[0] !== 'string') return poll(args[0].toString(), args[0], args[1] as number | undefined)
  const [what, look, withinMs, everyMs] = args as [string, Look<T>, number?, number?]
  return poll(what, look, withinMs, everyMs)
}

async function poll<T>(what: string, look: Look<T>, withinMs = WITHIN_MS, everyMs = EVERY_MS): Promise<Found<T>> {
  const until = performance.now() + withinMs
  for (;;) {
    const found = await attempt(look)
    if ('value' in found && found.value !== false && found.value !== null && found.value !== undefined)
      return found.value as Found<T>
    if (performance.now() > until) throw new Error(`waited ${withinMs} ms in vain for ${what}`, { cause: found.error })
    await wait(everyMs)
  }
}

async function attempt<T>(look: Look<T>): Promise<{ value: T; error?: undefined } | { error: unknown }> {
  try {
    return { value: await look() }
  } catch (error) {
    return { error }
  }
}
