import { ReadStream } from 'node:fs'
import { pipeline, type Readable, Stream } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { poolKindOf } from '../proxy/pool-kind.js'
import { edgeRouteOf } from '../routes/edge-route.js'
import { pathOf } from '../routes/request-path.js'
import { codedTag, uncodeTags } from './coded-tags.js'
import { CompressedBodies, encodingStream } from './compressed-bodies.js'
import { type Coding, codingFor } from './content-coding.js'

/** A shorter body fits into one packet either way. */
const MIN_BYTES = 1_024
const TEXT = /^(text\/(?!event-stream)|application\/(.+\+)?(json|xml)|application\/javascript|image\/svg\+xml)/

/**
 * Compresses texts that anybody may store. What is marked `no-store` stays as it is: it may hold a token, a signed link or
 * somebody's data, and its length must not tell of them to who can add to it (BREACH).
 */
export function compressAnswers(fastify: FastifyInstance): void {
  const bodies = new CompressedBodies()
  const given = new WeakMap<FastifyRequest, string>()
  fastify.addHook('onRequest', (request, _reply, done) => {
    const { 'if-none-match': ifNoneMatch } = request.headers
    if (ifNoneMatch !== undefined) given.set(request, ifNoneMatch)
    uncodeTags(request.headers)
    done()
  })
  fastify.addHook('onSend', (request, reply, payload, done) => {
    const coding = codingOf(request, reply)
    if (coding === undefined) return done(null, payload)
    if (reply.statusCode === 304) nameAsKnown(reply, coding, given.get(request))
    if (reply.statusCode === 304 || sizeOf(reply, payload) < MIN_BYTES) return done(null, payload)
    code({ bodies, coding, request, reply }, payload).then((coded) => {
      mark(reply, coding)
      done(null, coded)
    }, done)
  })
}

/** Most programs ask for none: they wait for nothing. */
function codingOf(request: FastifyRequest, reply: FastifyReply): Coding | undefined {
  if (!mayVary(request, reply)) return undefined
  vary(reply)
  const accepted = request.headers['accept-encoding']
  return accepted === undefined ? undefined : codingFor(accepted)
}

function mayVary(request: FastifyRequest, reply: FastifyReply): boolean {
  if (request.method !== 'GET' && request.method !== 'HEAD') return false
  if (reply.hasHeader('content-encoding') || /no-store|no-transform/.test(textOf(reply, 'cache-control'))) return false
  if (reply.statusCode === 304) return !isPicture(request)
  return reply.statusCode === 200 && TEXT.test(textOf(reply, 'content-type'))
}

function isPicture(request: FastifyRequest): boolean {
  const route = edgeRouteOf(request)
  return route !== undefined && poolKindOf(route) === 'pictures'
}

const textOf = (reply: FastifyReply, name: string) => String(reply.getHeader(name) ?? '')

function vary(reply: FastifyReply): void {
  const others = textOf(reply, 'vary')
  if (!/accept-encoding/i.test(others)) reply.header('vary', others ? `${others}, Accept-Encoding` : 'Accept-Encoding')
}

/** A 304 names the very bytes that the client has (RFC 9110 §15.4.5). */
function nameAsKnown(reply: FastifyReply, coding: Coding, ifNoneMatch = ''): void {
  const coded = codedTag(textOf(reply, 'etag'), coding)
  if (ifNoneMatch.includes(coded)) reply.header('etag', coded)
}

function sizeOf(reply: FastifyReply, payload: unknown): number {
  if (typeof payload === 'string') return Buffer.byteLength(payload)
  if (Buffer.isBuffer(payload)) return payload.length
  return payload instanceof Stream ? Number(reply.getHeader('content-length') ?? Infinity) : 0
}

interface Coded {
  bodies: CompressedBodies
  coding: Coding
  request: FastifyRequest
  reply: FastifyReply
}

async function code(coded: Coded, payload: unknown): Promise<unknown> {
  if (payload instanceof ReadStream) return codeFile(coded, payload)
  if (!(payload instanceof Stream)) return codeBody(coded, async () => Buffer.from(payload as string | Buffer))
  if (coded.request.method === 'HEAD') return payload
  return pipeline(payload as Readable, encodingStream(coded.coding), () => undefined)
}

function codeFile(coded: Coded, file: ReadStream): Buffer | Promise<Buffer> {
  let isRead = false
  const body = codeBody(coded, () => ((isRead = true), buffer(file)))
  if (!isRead) file.destroy()
  return body
}

/** Its tag names a body, since it comes from the content; a query may be anything. */
function codeBody({ bodies, coding, request, reply }: Coded, read: () => Promise<Buffer>): Buffer | Promise<Buffer> {
  const etag = textOf(reply, 'etag')
  return bodies.get(coding, etag && `${pathOf(request)} ${etag}`, read)
}

function mark(reply: FastifyReply, coding: Coding): void {
  const etag = reply.getHeader('etag')
  reply.removeHeader('content-length').header('content-encoding', coding)
  if (typeof etag === 'string') reply.header('etag', codedTag(etag, coding))
}
