import type { Readable } from 'node:stream'
import type { DomainError } from '@mpics/contracts'
import { BodyMalformedError } from '@mpics/service-kit'
import { TooSlowError } from '../limits/transfer.js'
import type { Transfers } from '../limits/transfers.js'

export interface BodyBound {
  bytes: number
  /** What is said of a longer one. */
  refusal: () => DomainError
}

/** Reads a body whole, up to its bound, as long as it comes fast enough. */
export function receiveBody(body: Readable, bound: BodyBound, key: string, transfers: Transfers): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>()
  const chunks: Buffer[] = []
  let length = 0
  const release = transfers.open({
    kind: 'body',
    key,
    moved: () => length,
    isAwaited: () => true,
    end: () => settle(() => reject(new TooSlowError())),
  })
  const take = (chunk: Buffer) => {
    length += chunk.length
    if (length > bound.bytes) settle(() => reject(bound.refusal()))
    else chunks.push(chunk)
  }
  const end = () => settle(() => resolve(Buffer.concat(chunks, length)))
  const breakOff = () => settle(() => reject(new BodyMalformedError('The body ended before its end.')))
  const settle = (how: () => void) => {
    release()
    body.off('data', take).off('end', end).off('error', breakOff).off('close', breakOff)
    how()
  }
  body.on('data', take).once('end', end).once('error', breakOff).once('close', breakOff)
  return promise
}
