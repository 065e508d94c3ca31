import type { Promised } from './promises.js'
import type { Shown } from './shown-lines.js'

export const STATUS_DOCUMENT = 'docs/promises-status.md'

type Status = 'full' | 'partly' | 'not yet'

const link = (file: string) => `[${file.split('/').at(-1)}](../${file})`

/** The files whose tests showed each line; none where one of them failed. */
function filesByLine(shown: readonly Shown[]): Map<string, string[]> {
  const byLine = Map.groupBy(shown, ({ line }) => line)
  const green = [...byLine].filter(([, tests]) => tests.every(({ passed }) => passed))
  return new Map(green.map(([line, tests]) => [line, tests.map(({ file }) => file).sort()]))
}

function statusOf({ lines }: Promised, files: ReadonlyMap<string, string[]>): Status {
  const count = lines.filter((line) => files.has(line)).length
  if (count === 0) return 'not yet'
  return count === lines.length ? 'full' : 'partly'
}

export function statusDocument(promises: readonly Promised[], shown: readonly Shown[]): string {
  const files = filesByLine(shown)
  const rows = promises.map((promise) => {
    const shownBy = promise.lines
      .filter((line) => files.has(line))
      .map((l) => `${l} ${files.get(l)!.map(link).join(', ')}`)
    const missing = promise.lines.filter((line) => !files.has(line)).join(', ')
    return { ...promise, status: statusOf(promise, files), shownBy: shownBy.join('; '), missing }
  })
  const count = (status: Status) => rows.filter((row) => row.status === status).length
  const lines = promises.flatMap((promise) => promise.lines)
  return [
    '# Promises and what was shown of them',
    '',
    'Written by `npm run generate -- promises` from the results of the last whole run of `npm test`, which compares at its end. The lines are those of',
    '[promises.md](promises.md). A line is *shown* if tests with its number in their titles ran, and all of them passed.',
    'Tests wait for what must happen, on however slow a machine; how soon it does is measured: `npm run attacks -- revocations`, `npm run bench`.',
    '',
    `Of ${promises.length} promises ${count('full')} are shown in full, ${count('partly')} partly, ${count('not yet')} not yet; of ${lines.length} lines ${lines.filter((line) => files.has(line)).length}.`,
    '',
    '| promise | clause | status | shown by | not shown |',
    '| --- | --- | --- | --- | --- |',
    ...rows.map((row) => `| ${row.id} | ${row.clause} | ${row.status} | ${row.shownBy} | ${row.missing} |`),
    '',
  ].join('\n')
}

export function unknownLines(promises: readonly Promised[], named: readonly string[]): string[] {
  const known = new Set(promises.flatMap(({ lines }) => lines))
  return [...new Set(named)].filter((line) => !known.has(line)).sort()
}

/** Promises of which two documents say different things: `B31 partly → full`. */
export function differences(before: string, after: string): string[] {
  const rowsOf = (text: string) =>
    new Map(
      [...text.matchAll(/^\| (B\d\d) \| .*? \| (full|partly|not yet) \| (.*)$/gm)].map(([, id, status, rest]) => [
        id!,
        { status, rest },
      ]),
    )
  const [old, now] = [rowsOf(before), rowsOf(after)]
  return [...now]
    .filter(([id, row]) => old.get(id)?.status !== row.status || old.get(id)?.rest !== row.rest)
    .map(([id, { status }]) => `${id} ${old.get(id)?.status ?? 'not told'} → ${status}`)
}
