import { EventEmitter } from 'node:events'
import type { Server } from 'node:net'
import ipaddr from 'ipaddr.js'
import { boundConnections } from './bound-connections.js'

class Connection extends EventEmitter {
  destroyed = false
  constructor(readonly remoteAddress: string) {
    super()
  }
  destroy(): void {
    this.destroyed = true
    this.emit('close')
  }
}

describe('connections', () => {
  const setUp = () => {
    const server = new EventEmitter() as Server
    boundConnections(server, [ipaddr.parseCIDR('10.0.0.0/8')], 100)
    const connect = (address: string) => {
      const connection = new Connection(address)
      server.emit('connection', connection)
      return connection
    }
    const many = (count: number, address: string) => Array.from({ length: count }, () => connect(address))
    return { server, connect, many }
  }

  it('of one address are bounded, those of others and of a trusted proxy are not', () => {
    const { connect, many } = setUp()
    const [first] = many(100, '203.0.113.9')
    expect([connect('203.0.113.9').destroyed, connect('203.0.113.10').destroyed]).toEqual([true, false])
    expect(many(1_200, '10.0.0.1').some(({ destroyed }) => destroyed)).toBe(false)
    first!.emit('close')
    expect(connect('203.0.113.9').destroyed).toBe(false)
  })

  it('in all are bounded', () => {
    expect(setUp().server.maxConnections).toBe(4_000)
  })
})
