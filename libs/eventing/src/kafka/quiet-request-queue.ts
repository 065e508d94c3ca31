import RequestQueue from 'kafkajs/src/network/requestQueue/index.js'

/**
 * kafkajs 2.2.4 re-arms a timer after each check of its request queue whether or not anything waits: setTimeout(-1.7e12) is
 * 1 ms, a thousand wake-ups a second for each connection. Arm it only when there is something to check.
 */
const arm = Reflect.get<RequestQueue, 'scheduleCheckPendingRequests'>(
  RequestQueue.prototype,
  'scheduleCheckPendingRequests',
)

RequestQueue.prototype.scheduleCheckPendingRequests = function (this: RequestQueue) {
  if (this.pending.length > 0 || this.throttledUntil > Date.now()) arm.call(this)
}

const CHECK_MS = 1_000

/** Each connection also looks ten times a second for requests that have timed out. Time-outs are seconds here: once will do. */
RequestQueue.prototype.scheduleRequestTimeoutCheck = function (this: RequestQueue) {
  if (!this.enforceRequestTimeout) return
  this.destroy()
  this.requestTimeoutIntervalId = setInterval(() => {
    for (const request of this.inflight.values())
      if (Date.now() - request.sentAt > request.requestTimeout) request.timeoutRequest()
    if (!this.isConnected()) this.destroy()
  }, CHECK_MS)
}
