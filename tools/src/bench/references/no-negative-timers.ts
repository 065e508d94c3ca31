import RequestQueue from 'kafkajs/src/network/requestQueue/index.js'

/** kafkajs 2.2.4 arms the timer of an empty queue with a point in time, -1 minus now, and Node warns of it. */
const { prototype } = RequestQueue
const arm = Reflect.get<typeof prototype, 'scheduleCheckPendingRequests'>(prototype, 'scheduleCheckPendingRequests')

prototype.scheduleCheckPendingRequests = function (this: RequestQueue) {
  if (this.pending.length > 0 || this.throttledUntil > Date.now()) arm.call(this)
}
