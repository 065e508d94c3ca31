/** Longer ones say more than the second. */
const TO_THE_SECOND = '2015-03-14T09:26:53Z'.length
const INSTANT = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.\d+)?Z$/

/** Cuts every time to the second (B31): a finer one would match a page view with a request's log line. What has none is not copied. */
export function cutTimes(value: unknown): unknown {
  if (typeof value === 'string') return cutText(value)
  if (Array.isArray(value)) return value.map(cutTimes)
  if (value === null || typeof value !== 'object') return value
  let cut: Record<string, unknown> | undefined
  for (const name in value) {
    const part = value[name as keyof typeof value]
    const without = cutTimes(part)
    if (without !== part) (cut ??= { ...value })[name] = without
  }
  return cut ?? value
}

const cutText = (text: string): string =>
  text.length > TO_THE_SECOND && text.endsWith('Z') ? text.replace(INSTANT, '$1Z') : text
