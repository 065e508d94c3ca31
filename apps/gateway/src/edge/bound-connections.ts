import type { Server, Socket } from 'node:net'
import { isTrusted, limitedAddress, type Network } from '../clients/client-address.js'

const MAX_CONNECTIONS = 4_000

/**
 * Refuses connections beyond a bound, so that idle ones neither fill the memory nor, from one address, take all places. A proxy in
 * front makes connections for many clients, so the bound of an address holds only for those who come without one.
 */
export function boundConnections(server: Server, trusted: readonly Network[], perAddress: number): void {
  const byAddress = new Map<string, number>()
  const add = (address: string, by: number): number => {
    const count = (byAddress.get(address) ?? 0) + by
    if (count > 0) byAddress.set(address, count)
    else byAddress.delete(address)
    return count
  }
  server.maxConnections = MAX_CONNECTIONS
  server.on('connection', (socket: Socket) => {
    const peer = socket.remoteAddress ?? ''
    if (isTrusted(peer, trusted)) return
    const address = limitedAddress(peer)
    socket.once('close', () => add(address, -1))
    if (add(address, 1) > perAddress) socket.destroy()
  })
}
