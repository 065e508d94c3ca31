export type Row = Readonly<Record<string, unknown>>

/** A spreadsheet takes what begins so for a formula (OWASP CSV Injection). */
const FORMULA = /^[=+\-@\t\r]/

function textOf(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'string') return FORMULA.test(value) ? `'${value}` : value
  return value instanceof Date ? value.toISOString() : JSON.stringify(value)
}

function cell(value: unknown): string {
  const text = textOf(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

export const csvLine = (values: readonly unknown[]): string => `${values.map(cell).join(',')}\r\n`

/** The rows of a record: those of its only list, or itself. */
export function rowsOf(record: Row): readonly Row[] {
  const [only, ...more] = Object.values(record)
  if (more.length === 0 && Array.isArray(only) && only.every(isRow)) return only
  return [record]
}

const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null && !Array.isArray(value)
