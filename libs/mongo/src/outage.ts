/** The driver reports UnexpectedServerResponse ("does not support retryable writes") when it loses the server during a retry. */
const NAMES =
  /^Mongo(ose)?(Unavailable|ServerSelection|ServerClosed|Network|NetworkTimeout|NotConnected|PoolCleared|PoolClearedOnNetwork|PoolClosed|StalePrimary|TopologyClosed|UnexpectedServerResponse|WaitQueueTimeout|WriteConcern|OperationTimeout)Error$/

/** The driver's `RETRYABLE_READ_ERROR_CODES`, and MaxTimeMSExpired, WriteConcernTimeout, NotYetInitialized. */
const CODES = new Set([6, 7, 50, 64, 89, 91, 94, 134, 189, 262, 9001, 10_107, 11_600, 11_602, 13_435, 13_436])

/** MongoDB is away, or passes the lead on: the same operation succeeds later. A bulk write wraps the error that ended it. */
export function isMongoOutage(error: unknown): boolean {
  const { name, code, errorResponse } = error as { name?: unknown; code?: unknown; errorResponse?: unknown }
  if (NAMES.test(String(name)) || (String(name).startsWith('Mongo') && CODES.has(code as number))) return true
  return errorResponse instanceof Error && isMongoOutage(errorResponse)
}
