export const PENDING_SECONDS = 10 * 60
export const MAX_TRIES = 5

/** A log-in whose password was right: no session, and good for nothing but the factor that it waits for. */
export interface PendingLogIn {
  /** A random UUID; the session gets it. */
  id: string
  accountId: string
  /** The credentials that the password proved. */
  credentials: string
  sharedComputer: boolean
  asCookie: boolean
  /** Of a browser from which the owner logged in before; null for any other. */
  knownBrowserHash: string | null
  tries: number
  expiresAt: Date
}
