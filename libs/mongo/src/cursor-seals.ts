import { randomBytes } from 'node:crypto'
import type { Connection } from './mongo-connection.js'
import { CursorSeal, type CursorSecrets } from './cursor.js'

const seals = new WeakMap<object, CursorSeal>()

/** Without secrets, cursors of this connection are good in this process only. */
export function sealCursors(connection: Connection, secrets: CursorSecrets = [randomBytes(32)]): CursorSeal {
  const seal = new CursorSeal(...secrets)
  seals.set(connection, seal)
  return seal
}

export const sealOf = (connection: Connection): CursorSeal => seals.get(connection) ?? sealCursors(connection)
