// node mutate-history.mjs SCRIPT HISTORY KEYS ACCOUNT_ID [PROOF…]: counts mutations of a history that SCRIPT finds.
import { readFileSync } from 'node:fs'

const TIMES = 10_000
const [, , script, history, keySet, accountId, ...proofFiles] = process.argv
const { faultIn } = await import(`file://${script}`)
const read = (file) => JSON.parse(readFileSync(file, 'utf8'))
const [{ items }, { keys }, proofs] = [read(history), read(keySet), proofFiles.map(read)]

let seed = 20_261_129
const below = (n) => (seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0) % n

function placesIn(value, path = []) {
  if (!(value instanceof Object)) return [path]
  return Object.entries(value).flatMap(([key, inner]) => placesIn(inner, [...path, key]))
}

const other = (value) =>
  value === null ? 'x' : typeof value === 'number' ? value + 1 : typeof value === 'boolean' ? !value : undefined

function mutateByte(text) {
  const at = below(text.length)
  const char = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'[below(64)]
  return text[at] === char ? mutateByte(text) : text.slice(0, at) + char + text.slice(at + 1)
}

function alterValue(entries) {
  const places = placesIn(entries)
  const path = places[below(places.length)]
  const holder = path.slice(0, -1).reduce((at, key) => at[key], entries)
  const value = holder[path.at(-1)]
  if (below(6) === 0 && !Array.isArray(holder)) delete holder[path.at(-1)]
  else holder[path.at(-1)] = typeof value === 'string' && value ? mutateByte(value) : (other(value) ?? 'x')
  return entries
}

const kinds = [
  alterValue,
  alterValue,
  alterValue,
  (entries) => entries.toSpliced(below(entries.length), 1),
  (entries) => entries.toSpliced(below(entries.length), 0, entries[below(entries.length)]),
  (entries) => {
    const [from, to] = [below(entries.length), 1 + below(entries.length - 1)]
    const moved = (from + to) % entries.length
    return entries.with(from, entries[moved]).with(moved, entries[from])
  },
]

let found = 0
for (let i = 0; i < TIMES; i++) {
  const mutated = kinds[below(kinds.length)](structuredClone(items))
  if (faultIn(mutated, keys, accountId, proofs) !== undefined) found++
  else console.error(JSON.stringify(mutated))
}
console.log(`${found} of ${TIMES} found`)
