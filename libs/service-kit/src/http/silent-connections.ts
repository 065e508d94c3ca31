import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { Server as TlsServer } from 'node:tls'
import type { FastifyInstance } from 'fastify'

/** Whoever connected just before the server stopped still gets an answer. */
const GRACE_MS = 1_000

/**
 * Ends connections that have not asked for anything when the server stops. Node waits for them, since they are not idle, and watches
 * no time-out of theirs any more: one that never sent a byte, or half a header, would keep the process for ever.
 */
export function endSilentConnections(fastify: FastifyInstance): void {
  const { server } = fastify
  const open = new Set<Socket>()
  const asking = new Set<Socket>()
  const keep = (socket: Socket) => {
    open.add(socket)
    socket.once('close', () => open.delete(socket))
  }
  server.on('connection', keep)
  server.on('secureConnection', keep)
  server.on('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
    asking.add(socket)
    response.once('close', () => asking.delete(socket))
  })
  // under TLS the socket that asks is another one than the connection below it
  const isSilent = (socket: Socket) => (isBelowTls(socket) ? socket.bytesRead === 0 : !asking.has(socket))
  const isBelowTls = (socket: Socket) => server instanceof TlsServer && !('encrypted' in socket)
  const end = () => {
    for (const socket of open) if (isSilent(socket)) socket.destroy()
  }
  fastify.addHook('preClose', (done) => {
    setTimeout(end, GRACE_MS).unref()
    done()
  })
}
