import { BodyMalformedError, TooLargeError } from '@mpics/service-kit'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { edgeRouteOf } from '../routes/edge-route.js'
import { isDeeperThan } from './json-depth.js'

const KIB = 1024
/** The gateway streams larger bodies (uploads). */
const MAX_BUFFERED_BYTES = 256 * KIB
const FORM_LIMIT = 8 * KIB
/** No call of the API nests deeper than ten; the bound protects the parsers of the services. */
const MAX_JSON_DEPTH = 32

const isProxied = (request: FastifyRequest) => edgeRouteOf(request)?.served === 'proxied'
const isJson = (request: FastifyRequest) => /^application\/json\b/i.test(request.headers['content-type'] ?? '')

/**
 * Checks size and depth of each body. Bodies for a service go on byte by byte; the gateway parses only bodies of the calls
 * that it answers itself, and reads no multipart body at all.
 */
export function addBodyParsers(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers()
  const parseJson = fastify.getDefaultJsonParser('error', 'error')
  fastify.addContentTypeParser('multipart/form-data', (_request, payload, done) => done(null, payload))
  fastify.addContentTypeParser<Buffer>(
    '*',
    { parseAs: 'buffer', bodyLimit: MAX_BUFFERED_BYTES },
    (request, body, done) => {
      const limit = edgeRouteOf(request)?.bodyLimit ?? FORM_LIMIT
      if (body.length > limit) return done(new TooLargeError())
      if (isJson(request) && isDeeperThan(MAX_JSON_DEPTH, body))
        return done(new BodyMalformedError('The body is nested too deeply.'))
      if (isProxied(request)) return done(null, body)
      if (body.length === 0) return done(null, undefined)
      if (isJson(request)) return void parseJson(request, body.toString(), done)
      done(null, Object.fromEntries(new URLSearchParams(body.toString())))
    },
  )
}
