import { DomainError, type ErrorKind } from '@mpics/contracts'

export class InvalidCursorError extends DomainError {
  readonly code = 'cursor-invalid'
  readonly kind: ErrorKind = 'invalid'

  constructor() {
    super('The cursor was not made by this list: leave it out to begin again.')
  }
}

export type CursorValue = string | number | boolean | Date | null

const wrap = (value: CursorValue): unknown => (value instanceof Date ? [value.getTime()] : value)

function unwrap(value: unknown): CursorValue {
  if (Array.isArray(value)) return dateOf(value)
  if (value !== null && typeof value === 'object') throw new InvalidCursorError()
  return value as CursorValue
}

function dateOf(value: unknown[]): Date {
  const date = new Date(value[0] as number)
  if (value.length !== 1 || typeof value[0] !== 'number' || Number.isNaN(date.getTime())) throw new InvalidCursorError()
  return date
}

/** Encodes the sort values of the last item shown; clients take it as opaque. */
export const encodeCursor = (values: readonly CursorValue[]): string =>
  Buffer.from(JSON.stringify(values.map(wrap))).toString('base64url')

/** Only plain values come out: a forged cursor cannot carry an operator into a query. */
export function decodeCursor(cursor: string, length: number): CursorValue[] {
  const values = parse(cursor)
  if (!Array.isArray(values) || values.length !== length) throw new InvalidCursorError()
  return values.map(unwrap)
}

function parse(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
  } catch {
    throw new InvalidCursorError()
  }
}
