import { createServer } from 'node:net'
import { freePorts, isFree } from './ports.js'

describe('free ports', () => {
  it('are different ones, outside the range of outgoing connections', async () => {
    const ports = await freePorts(12)
    expect(new Set(ports).size).toBe(12)
    expect(Math.max(...ports)).toBeLessThan(32_768)
  })

  it('leave out a port that is taken', async () => {
    const [taken, free] = await freePorts(2)
    const server = createServer().listen(taken, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
    const draws = [taken!, taken!, free!].map((port) => (port - 15_000 + 0.5) / 17_000)
    expect(await isFree(taken!)).toBe(false)
    expect(await freePorts(1, () => draws.shift()!)).toEqual([free])
    server.close()
  })
})
