import { setTimeout as wait } from 'node:timers/promises'

/** Asks again until the condition holds: until `look` neither throws nor resolves to false, null or undefined. */
export async function eventually<T>(
  look: () => T | Promise<T>,
  withinMs = 20_000,
): Promise<Exclude<T, false | null | undefined>> {
  const until = Date.now() + withinMs
  for (;;) {
    const found = await attempt(look)
    if ('value' in found && found.value !== false && found.value !== null && found.value !== undefined)
      return found.value as Exclude<T, false | null | undefined>
    if (Date.now() > until)
      throw new Error(`waited ${withinMs} ms in vain for ${look.toString()}`, { cause: found.error })
    await wait(25)
  }
}

async function attempt<T>(look: () => T | Promise<T>): Promise<{ value: T; error?: undefined } | { error: unknown }> {
  try {
    return { value: await look() }
  } catch (error) {
    return { error }
  }
}
