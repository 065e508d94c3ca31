/** Prints the findings of a command: a table for people, JSON for programs. */
export function print(rows: readonly object[], { json, columns }: { json: boolean; columns: readonly string[] }): void {
  if (json) return console.log(JSON.stringify(rows, null, 2))
  if (rows.length === 0) return console.log('none')
  const cells = rows.map((row) => columns.map((c) => cell((row as Record<string, unknown>)[c])))
  const widths = columns.map((c, i) => Math.max(c.length, ...cells.map((row) => row[i]!.length)))
  const line = (values: readonly string[]) =>
    values
      .map((v, i) => v.padEnd(widths[i]!))
      .join('  ')
      .trimEnd()
  console.log([line(columns), ...cells.map(line)].join('\n'))
}

/** Prints one thing: a line a field for people, JSON for programs. */
export function printOne(thing: object, { json, columns }: { json: boolean; columns: readonly string[] }): void {
  if (json) return console.log(JSON.stringify(thing, null, 2))
  const width = Math.max(...columns.map(({ length }) => length))
  for (const name of columns)
    console.log(`${name.padEnd(width)}  ${cell((thing as Record<string, unknown>)[name])}`.trimEnd())
}

const cell = (value: unknown): string =>
  typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value)
