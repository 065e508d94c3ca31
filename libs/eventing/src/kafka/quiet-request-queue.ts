import RequestQueue, { type InFlight } from 'kafkajs/src/network/requestQueue/index.js'

/** kafkajs 2.2.4 re-arms the timer of an empty queue with setTimeout(-1.7e12), which is 1 ms: a thousand wake-ups a second. */
const arm = Reflect.get<RequestQueue, 'scheduleCheckPendingRequests'>(
  RequestQueue.prototype,
  'scheduleCheckPendingRequests',
)

RequestQueue.prototype.scheduleCheckPendingRequests = function (this: RequestQueue) {
  if (this.pending.length > 0 || this.throttledUntil > Date.now()) arm.call(this)
}

const LATE_MS = 1_000

/** Each connection looks ten times a second for timed-out requests. Here it sleeps until the first of them has timed out. */
RequestQueue.prototype.scheduleRequestTimeoutCheck = function (this: RequestQueue) {
  if (!this.enforceRequestTimeout) return
  this.destroy()
  wait(this)
}

function wait(queue: RequestQueue): void {
  const { requestTimeout, inflight } = queue
  // none that is sent later times out before the usual time is over
  const left = Math.min(requestTimeout, ...[...inflight.values()].map(leftOf))
  queue.requestTimeoutIntervalId = setTimeout(() => look(queue), Math.max(0, left) + LATE_MS)
}

function look(queue: RequestQueue): void {
  for (const request of queue.inflight.values()) if (leftOf(request) < 0) request.timeoutRequest()
  if (queue.isConnected()) wait(queue)
  else queue.destroy()
}

const leftOf = ({ sentAt, requestTimeout }: InFlight): number => sentAt + requestTimeout - Date.now()
