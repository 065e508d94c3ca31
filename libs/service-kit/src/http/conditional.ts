import type { FastifyRequest } from 'fastify'
import { PreconditionFailedError } from '../problems/general.errors.js'
import { type ByteRange, byteRange } from './byte-range.js'
import { namesTag } from './entity-tag.js'

type Request = Pick<FastifyRequest, 'headers' | 'method'>

/** Whether the client has these bytes already; in the order of RFC 9110 §13.2.2. */
export function isKnown({ headers }: Request, etag: string): boolean {
  const { 'if-match': ifMatch, 'if-none-match': ifNoneMatch } = headers
  if (ifMatch !== undefined && !namesTag(ifMatch, etag)) throw new PreconditionFailedError()
  return ifNoneMatch !== undefined && namesTag(ifNoneMatch, etag)
}

/** The bytes that the client wants: undefined for all of them, null for none that exist. */
export function requestedRange({ headers, method }: Request, etag: string, size: number): ByteRange | null | undefined {
  // RFC 9110 §14.2: parts are of GET alone
  if (method !== 'GET') return undefined
  const ifRange = headers['if-range']
  if (ifRange !== undefined && ifRange !== etag) return undefined
  return byteRange(headers.range, size)
}
