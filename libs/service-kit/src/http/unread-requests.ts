import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { STATUS_CODES } from 'node:http'
import { DomainError } from '@mpics/contracts'
import { uuidv7 } from 'uuidv7'
import type { Metrics } from '../operators/metrics.js'
import { TooLargeError } from '../problems/general.errors.js'
import { problemOf } from '../problems/problem.js'
import {
  AddressTooLongError,
  HeadersTooLargeError,
  MethodNotAllowedError,
  RequestMalformedError,
  RequestTimeoutError,
} from '../problems/request.errors.js'
import type { OwnHeaders } from './own-headers.js'

const METHODS = 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS'
/** Whoever still sends reads the answer before the connection is reset under it (RFC 9112 §9.6). */
const LINGER_MS = 1_000
/** Not the header fields but the request line was too much. */
const LONG_LINE = /^[A-Z]{1,20} [^\r\n]{8192}/

interface ParserError extends Error {
  code?: string
  rawPacket?: Buffer
}

/** Answers what never becomes a request, in the form of every other refusal. */
export function answerUnreadRequests(server: Server, own: OwnHeaders, metrics: Metrics): void {
  const refused = metrics.counter('http_unread_requests_total', 'What was no HTTP request and was refused.', ['status'])
  const answer = (socket: Socket, error: DomainError) => {
    const id = uuidv7()
    const problem = problemOf(error, id)
    refused.inc({ status: problem.status })
    end(
      socket,
      messageOf(problem, { ...own.ofRefusal(id), ...(error as { headers?: Record<string, string> }).headers }),
    )
  }
  const refusedSockets = new WeakSet<Socket>()
  server.removeAllListeners('clientError')
  server.on('clientError', (error: ParserError, socket: Socket) => {
    if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy(error)
    if (refusedSockets.has(socket)) return
    refusedSockets.add(socket)
    afterEarlierAnswers(socket, () => answer(socket, refusalOf(error)))
  })
  server.on('connect', (_request: IncomingMessage, socket: Socket) =>
    afterEarlierAnswers(socket, () => answer(socket, new MethodNotAllowedError(METHODS))),
  )
}

/** The answer under way, if any: of an earlier request, or of this one when its body turned out to be none. */
const answerUnderWay = (socket: Socket) =>
  (socket as { _httpMessage?: ServerResponse | null })._httpMessage ?? undefined

/** Clients take answers in the order of their requests (RFC 9112 §9.3.2), and a second answer to one would mix with the first. */
function afterEarlierAnswers(socket: Socket, answer: () => void): void {
  const earlier = answerUnderWay(socket)
  if (!earlier) return answer()
  if (earlier.req.complete) earlier.once('close', () => setImmediate(afterEarlierAnswers, socket, answer))
  else if (earlier.headersSent) socket.destroy()
  else answer()
}

function refusalOf({ code, rawPacket }: ParserError): DomainError {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return new RequestTimeoutError()
  if (code === 'HPE_CHUNK_EXTENSIONS_OVERFLOW') return new TooLargeError()
  if (code !== 'HPE_HEADER_OVERFLOW') return new RequestMalformedError()
  return LONG_LINE.test(rawPacket?.toString('latin1') ?? '') ? new AddressTooLongError() : new HeadersTooLargeError()
}

function messageOf(problem: { status: number }, own: Record<string, string>): string {
  const body = JSON.stringify(problem)
  const headers = {
    'content-type': 'application/problem+json; charset=utf-8',
    'content-length': String(Buffer.byteLength(body)),
    connection: 'close',
    date: new Date().toUTCString(),
    ...own,
  }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  return `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}\r\n${lines.join('')}\r\n${body}`
}

function end(socket: Socket, message: string): void {
  if (!socket.writable) return void socket.destroy()
  socket.on('error', () => undefined)
  socket.removeAllListeners('data').on('data', () => undefined)
  socket.end(message)
  const timer = setTimeout(() => socket.destroy(), LINGER_MS).unref()
  socket.once('close', () => clearTimeout(timer))
}
