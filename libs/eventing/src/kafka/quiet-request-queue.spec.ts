import RequestQueue from 'kafkajs/src/network/requestQueue/index.js'
import './quiet-request-queue.js'

describe("kafkajs's request queue", () => {
  beforeEach(() => jest.useFakeTimers())
  afterEach(() => jest.useRealTimers())

  const queue = (isConnected = () => true) =>
    new RequestQueue({ enforceRequestTimeout: true, requestTimeout: 10_000, isConnected })

  it('finds a request that has timed out, and wakes once a second for it', () => {
    const timeoutRequest = jest.fn()
    const own = queue()
    own.inflight.set(1, { sentAt: Date.now(), requestTimeout: 10_000, timeoutRequest })
    own.scheduleRequestTimeoutCheck()
    jest.advanceTimersByTime(10_000)
    expect(timeoutRequest).not.toHaveBeenCalled()
    jest.advanceTimersByTime(1_000)
    expect(timeoutRequest).toHaveBeenCalledTimes(1)
    own.destroy()
  })

  it('sleeps when nothing waits, and when the connection is gone', () => {
    let connected = true
    const own = queue(() => connected)
    own.scheduleCheckPendingRequests()
    expect(jest.getTimerCount()).toBe(0)
    own.scheduleRequestTimeoutCheck()
    expect(jest.getTimerCount()).toBe(1)
    connected = false
    jest.advanceTimersByTime(1_000)
    expect(jest.getTimerCount()).toBe(0)
  })
})
