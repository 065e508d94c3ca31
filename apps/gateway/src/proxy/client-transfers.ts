import type { ServerResponse } from 'node:http'
import { finished, type Transform } from 'node:stream'
import { type ApiDefinition, DomainError } from '@mpics/contracts'
import { Injectable } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { linkedSessionOf } from '../auth/linked-sessions.js'
import { OpenAnswers } from '../auth/open-answers.js'
import { Clients } from '../clients/clients.js'
import { UnavailableError } from '@mpics/service-kit'
import { answerTransfer } from '../limits/answer-transfer.js'
import { TooSlowError, type Transfer } from '../limits/transfer.js'
import { Places } from '../limits/places.js'
import { Transfers } from '../limits/transfers.js'
import type { EdgeRoute } from '../routes/edge-route.js'
import { connections, poolKindOf } from './pool-kind.js'

const MAX_HELD_BYTES = 16 * 1024 * 1024

/** Opens what holds a connection to a service for as long as a client sends or takes. */
@Injectable()
export class ClientTransfers {
  private heldBytes = 0
  private readonly pictures = new Places(connections.pictures)
  private readonly uploads = new Places(connections.uploads)

  constructor(
    private readonly transfers: Transfers,
    private readonly clients: Clients,
    private readonly answers: OpenAnswers,
  ) {}

  /** Bounds the bodies that a service which does not answer keeps in memory. */
  holdBody({ body }: FastifyRequest, { raw }: FastifyReply): void {
    const bytes = Buffer.isBuffer(body) ? body.length : 0
    if (bytes === 0) return
    if (this.heldBytes + bytes > MAX_HELD_BYTES) throw new UnavailableError()
    this.heldBytes += bytes
    finished(raw, () => void (this.heldBytes -= bytes))
  }

  async openAnswer(route: EdgeRoute, request: FastifyRequest, { raw }: FastifyReply): Promise<void> {
    if (poolKindOf(route) !== 'pictures') return
    const transfer = answerTransfer('picture', this.clients.limitKeyOf(request), raw)
    await this.open(transfer, this.pictures, route.timeoutMs, raw)
  }

  /** One that streams ends with the session or the roles that opened it, cut off, so that nobody takes a part for the whole (B49). */
  endWithCaller({ api, sessionLinks }: EdgeRoute, request: FastifyRequest, { raw }: FastifyReply): void {
    const sessionId = request.caller?.member?.sessionId ?? (sessionLinks ? linkedSessionOf(request) : undefined)
    if (!sessionId) return
    const token = isForRoles(api) ? request.verifiedToken : undefined
    raw.setMaxListeners(raw.getMaxListeners() + 1)
    finished(raw, this.answers.watch({ sessionId, token, isCutOff: true, end: () => raw.destroy() }))
  }

  async openUpload({ timeoutMs }: EdgeRoute, request: FastifyRequest, body: Transform): Promise<void> {
    const { raw } = request
    const transfer: Transfer = {
      kind: 'upload',
      key: this.clients.limitKeyOf(request),
      moved: () => raw.socket?.bytesRead ?? 0,
      isAwaited: () => !raw.complete && !body.writableNeedDrain,
      end: () => body.destroy(new TooSlowError()),
    }
    await this.open(transfer, this.uploads, timeoutMs, body)
  }

  private async open(transfer: Transfer, places: Places, longestWaitMs: number, stream: Transform | ServerResponse) {
    const release = this.transfers.open(transfer)
    const place = places.take(transfer.key, longestWaitMs)
    finished(stream, (error) => {
      release()
      place.leave(error instanceof DomainError ? error : undefined)
    })
    await place.turn
  }
}

const isForRoles = ({ access }: ApiDefinition): boolean => typeof access === 'object' && 'roles' in access
