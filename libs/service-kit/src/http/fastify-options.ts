import { FastifyAdapter } from '@nestjs/platform-fastify'
import { uuidv7 } from 'uuidv7'

const KIB = 1024

/**
 * Every wait has an end. Idle connections live longer here than in the callers' pools (they are told by `Keep-Alive`),
 * so that a caller does not write into one that is just being closed.
 */
export const newAdapter = () =>
  new FastifyAdapter({
    logger: false,
    skipMiddie: true,
    bodyLimit: 256 * KIB,
    requestTimeout: 30_000,
    connectionTimeout: 0,
    keepAliveTimeout: 72_000,
    http: { headersTimeout: 10_000, maxHeaderSize: 16 * KIB },
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    requestIdHeader: false,
    genReqId: () => uuidv7(),
    routerOptions: { maxParamLength: 512 },
  })
