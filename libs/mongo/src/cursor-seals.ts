import { randomBytes } from 'node:crypto'
import type { Connection } from './mongo-connection.js'
import { CursorSeal } from './cursor.js'

const seals = new WeakMap<object, CursorSeal>()

/** Without a secret, cursors of this connection are good in this process only. */
export function sealCursors(connection: Connection, secret: Uint8Array = randomBytes(32)): CursorSeal {
  const seal = new CursorSeal(secret)
  seals.set(connection, seal)
  return seal
}

export const sealOf = (connection: Connection): CursorSeal => seals.get(connection) ?? sealCursors(connection)
