// Preloaded into a service: notes what it asks of other processes, and for which request. It sees every connection that the
// process opens, so that no library is missed.
import { subscribe } from 'node:diagnostics_channel'
import { rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { Socket } from 'node:net'
import { currentRequestId } from '@mpics/service-kit'
import { sharedNow } from '../measuring/clock.js'
import { askedIn } from './asked-in.js'
import { RECORDING_SOCKET, type Asked } from './round-trips.js'

let asked: Asked[] | undefined

const opened = new WeakSet<Socket>()
subscribe('net.client.socket', (message) => void opened.add((message as { socket: Socket }).socket))

// not on the socket itself: connecting gives it this one again
const write = Reflect.get(Socket.prototype, 'write') as (...args: unknown[]) => boolean
Socket.prototype.write = function (this: Socket, ...args: unknown[]) {
  if (asked && opened.has(this))
    for (const what of askedIn(args[0])) asked.push({ what, at: sharedNow(), requestId: currentRequestId() })
  return write.apply(this, args)
}

const path = process.env[RECORDING_SOCKET]!
rmSync(path, { force: true })
createServer((request, response) => {
  response.end(JSON.stringify(asked ?? []))
  asked = request.url === '/stop' ? undefined : []
})
  .listen(path)
  .unref()
