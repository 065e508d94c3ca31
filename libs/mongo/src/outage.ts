const NAMES =
  /^(Mongo(ServerSelection|Network|NetworkTimeout|NotConnected|PoolCleared|PoolClearedOnNetwork|TopologyClosed|WriteConcern|OperationTimeout)Error|MongooseServerSelectionError|MongoWaitQueueTimeoutError)$/

/** What the driver itself would try again (`RETRYABLE_READ_ERROR_CODES`), and a majority that did not answer in time. */
const CODES = new Set([6, 7, 64, 89, 91, 134, 189, 262, 9001, 10_107, 11_600, 11_602, 13_435, 13_436])

/** MongoDB is away, or passes the lead to another server: the same operation succeeds later. */
export function isMongoOutage(error: unknown): boolean {
  const { name, code } = error as { name?: unknown; code?: unknown }
  return NAMES.test(String(name)) || (typeof code === 'number' && CODES.has(code))
}
