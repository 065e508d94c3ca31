import RequestQueue from 'kafkajs/src/network/requestQueue/index.js'

/** kafkajs 2.2.4 re-arms the timer of an empty queue with setTimeout(-1.7e12), which is 1 ms: a thousand wake-ups a second. */
const arm = Reflect.get<RequestQueue, 'scheduleCheckPendingRequests'>(
  RequestQueue.prototype,
  'scheduleCheckPendingRequests',
)

RequestQueue.prototype.scheduleCheckPendingRequests = function (this: RequestQueue) {
  if (this.pending.length > 0 || this.throttledUntil > Date.now()) arm.call(this)
}

const CHECK_MS = 1_000

/** Each connection looks ten times a second for timed-out requests. Time-outs are seconds here: once will do. */
RequestQueue.prototype.scheduleRequestTimeoutCheck = function (this: RequestQueue) {
  if (!this.enforceRequestTimeout) return
  this.destroy()
  this.requestTimeoutIntervalId = setInterval(() => {
    for (const request of this.inflight.values())
      if (Date.now() - request.sentAt > request.requestTimeout) request.timeoutRequest()
    if (!this.isConnected()) this.destroy()
  }, CHECK_MS)
}
