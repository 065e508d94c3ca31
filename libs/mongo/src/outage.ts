/**
 * What the driver calls a server that is away, too slow, or not the primary that it knew; a write that it tries again while it
 * takes the server for lost once more ends as UnexpectedServerResponse ("does not support retryable writes") …
 */
const NAMES =
  /^Mongo(ose)?(Unavailable|ServerSelection|ServerClosed|Network|NetworkTimeout|NotConnected|PoolCleared|PoolClearedOnNetwork|PoolClosed|StalePrimary|TopologyClosed|UnexpectedServerResponse|WaitQueueTimeout|WriteConcern|OperationTimeout)Error$/

/**
 * … and what a server says that is only starting, is no primary any more, shuts down, or waits too long for the majority: what
 * the driver itself would try again (`RETRYABLE_READ_ERROR_CODES`), and MaxTimeMSExpired, WriteConcernTimeout, NotYetInitialized.
 */
const CODES = new Set([6, 7, 50, 64, 89, 91, 94, 134, 189, 262, 9001, 10_107, 11_600, 11_602, 13_435, 13_436])

/** MongoDB is away, or passes the lead to another server: the same operation succeeds later. A bulk write wraps what broke it off. */
export function isMongoOutage(error: unknown): boolean {
  const { name, code, errorResponse } = error as { name?: unknown; code?: unknown; errorResponse?: unknown }
  if (NAMES.test(String(name)) || (String(name).startsWith('Mongo') && CODES.has(code as number))) return true
  return errorResponse instanceof Error && isMongoOutage(errorResponse)
}
