import { SharedConnection } from './shared-connection.js'

describe('a connection that is shared', () => {
  beforeEach(() => jest.useFakeTimers())
  afterEach(() => jest.useRealTimers())

  it('does not hold up its end, and is disconnected again by what was still under way', async () => {
    const client = { connect: async () => undefined, disconnect: jest.fn(async () => undefined) }
    const connection = new SharedConnection(() => client)
    const answer = Promise.withResolvers<void>()
    const use = connection.use(() => answer.promise)
    let isClosed = false
    void connection.close().then(() => (isClosed = true))
    await jest.advanceTimersByTimeAsync(2_999)
    expect([isClosed, client.disconnect.mock.calls.length]).toEqual([false, 1])
    await jest.advanceTimersByTimeAsync(1)
    expect(isClosed).toBe(true)
    // kafkajs may have connected it again meanwhile
    answer.resolve()
    await use
    expect(client.disconnect).toHaveBeenCalledTimes(2)
    await expect(connection.use(() => answer.promise)).rejects.toThrow('This service is stopping')
  })
})
