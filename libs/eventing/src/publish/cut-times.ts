const INSTANT = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.\d+)?Z$/

/** Cuts every time to the second (B31): a finer one would match a page view with a request's log line. */
export function cutTimes(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(INSTANT, '$1Z')
  if (Array.isArray(value)) return value.map(cutTimes)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, cutTimes(part)]))
}
