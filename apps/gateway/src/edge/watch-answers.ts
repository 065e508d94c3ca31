import { finished } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import type { Clients } from '../clients/clients.js'
import { answerTransfer } from '../limits/answer-transfer.js'
import type { Transfers } from '../limits/transfers.js'

const MIN_BYTES = 16 * 1024

const isShort = (payload: unknown): boolean =>
  payload === null ||
  payload === undefined ||
  ((typeof payload === 'string' || Buffer.isBuffer(payload)) && payload.length < MIN_BYTES)

/** Breaks off every answer that its client does not take, whichever handler made it. */
export function watchAnswers(fastify: FastifyInstance, clients: Clients, transfers: Transfers): void {
  fastify.addHook('onSend', (request, { raw }, payload, done) => {
    if (!isShort(payload)) {
      raw.setMaxListeners(raw.getMaxListeners() + 1)
      finished(raw, transfers.admit(answerTransfer('answer', clients.limitKeyOf(request), raw)))
    }
    done(null, payload)
  })
}
