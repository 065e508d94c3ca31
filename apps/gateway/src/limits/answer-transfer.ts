import type { ServerResponse } from 'node:http'
import type { Transfer } from './transfer.js'

/** Tells how far a client has taken an answer: bytes that left this process count, bytes that wait in it do not. */
export function answerTransfer(kind: 'picture' | 'answer', key: string, response: ServerResponse): Transfer {
  const waiting = () => response.socket?.writableLength ?? 0
  return {
    kind,
    key,
    moved: () => (response.socket ? response.socket.bytesWritten - waiting() : 0),
    isAwaited: () => waiting() > 0,
    end: () => response.destroy(),
  }
}
