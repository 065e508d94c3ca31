import {
  BodyMalformedError,
  ContentCodingError,
  escapedTextOf,
  isDeeperThan,
  MAX_JSON_DEPTH,
  textOf,
} from '@mpics/service-kit'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Clients } from '../clients/clients.js'
import type { Transfers } from '../limits/transfers.js'
import { isUpload } from '../proxy/pool-kind.js'
import { bodyTooLarge } from '../routes/body-too-large.js'
import { edgeRouteOf } from '../routes/edge-route.js'
import { receiveBody } from './receive-body.js'

const KIB = 1024
/** The gateway streams larger bodies (uploads). */
const MAX_BUFFERED_BYTES = 256 * KIB
const FORM_LIMIT = 8 * KIB

const isJson = (request: FastifyRequest) => /^application\/json\b/i.test(request.headers['content-type'] ?? '')
const limitOf = (request: FastifyRequest) => Math.min(edgeRouteOf(request)?.bodyLimit ?? FORM_LIMIT, MAX_BUFFERED_BYTES)

function takesUpload(request: FastifyRequest): boolean {
  const route = edgeRouteOf(request)
  return route !== undefined && isUpload(route.api)
}

/**
 * Reads each body whole before anything waits for a service, and checks its size, speed and depth. Bodies for a service go on byte
 * by byte; the gateway parses only bodies of the calls that it answers itself, and streams uploads.
 */
export function addBodyParsers(fastify: FastifyInstance, clients: Clients, transfers: Transfers): void {
  fastify.removeAllContentTypeParsers()
  const parseJson = fastify.getDefaultJsonParser('error', 'error')
  const parse = async (request: FastifyRequest, body: Buffer): Promise<unknown> => {
    if (isJson(request) && isDeeperThan(MAX_JSON_DEPTH, body))
      throw new BodyMalformedError('The body is nested too deeply.')
    if (edgeRouteOf(request)?.served === 'proxied') return body
    if (body.length === 0) return undefined
    if (!isJson(request)) return Object.fromEntries(new URLSearchParams(escapedTextOf(body)))
    const text = textOf(body)
    return new Promise((resolve, reject) => {
      void parseJson(request, text, (error, value) => (error ? reject(error) : resolve(value)))
    })
  }
  fastify.addContentTypeParser('*', async (request: FastifyRequest, payload: FastifyRequest['raw']) => {
    if (isCoded(request)) throw new ContentCodingError()
    if (takesUpload(request) && isMultipart(request)) return payload
    const bound = { bytes: limitOf(request), refusal: () => bodyTooLarge(edgeRouteOf(request)) }
    if (Number(request.headers['content-length']) > bound.bytes) throw bound.refusal()
    return parse(request, await receiveBody(payload, bound, clients.limitKeyOf(request), transfers))
  })
}

const isMultipart = ({ headers }: FastifyRequest) => /^multipart\/form-data\b/i.test(headers['content-type'] ?? '')
const isCoded = ({ headers }: FastifyRequest) => !/^\s*(identity\s*)?$/i.test(headers['content-encoding'] ?? '')
