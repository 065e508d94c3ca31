import RequestQueue from 'kafkajs/src/network/requestQueue/index.js'
import './quiet-request-queue.js'

describe("kafkajs's request queue", () => {
  beforeEach(() => jest.useFakeTimers())
  afterEach(() => jest.useRealTimers())

  const queue = (isConnected = () => true) =>
    new RequestQueue({ enforceRequestTimeout: true, requestTimeout: 10_000, isConnected })

  const asked = (own: RequestQueue, requestTimeout = 10_000) => {
    const timeoutRequest = jest.fn(() => own.inflight.clear())
    own.inflight.set(1, { sentAt: Date.now(), requestTimeout, entry: { apiKey: 1 }, timeoutRequest })
    return timeoutRequest
  }

  it('finds a request that has timed out within a second, and wakes for nothing else', () => {
    const own = queue()
    const first = asked(own)
    own.scheduleRequestTimeoutCheck()
    expect(jest.getTimerCount()).toBe(1)
    jest.advanceTimersToNextTimer()
    expect(first).toHaveBeenCalledTimes(1)
    jest.advanceTimersByTime(5_000)
    const second = asked(own)
    jest.advanceTimersByTime(10_000)
    expect(second).not.toHaveBeenCalled()
    jest.advanceTimersByTime(1_001)
    expect(second).toHaveBeenCalledTimes(1)
    own.destroy()
  })

  it('looks after requests that are sent while none waits, and lets those with more time have it', () => {
    const own = queue()
    own.scheduleRequestTimeoutCheck()
    const patient = asked(own, 60_000)
    jest.advanceTimersByTime(60_000)
    expect(patient).not.toHaveBeenCalled()
    jest.advanceTimersByTime(1_001)
    expect(patient).toHaveBeenCalledTimes(1)
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
    jest.advanceTimersToNextTimer()
    expect(jest.getTimerCount()).toBe(0)
  })
})
