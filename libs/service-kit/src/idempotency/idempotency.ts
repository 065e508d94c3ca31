import { createHash } from 'node:crypto'
import { type ApiDefinition, DomainError } from '@mpics/contracts'
import { DAY_MS } from '@mpics/contracts/durations'
import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { firstValueFrom, type Observable, of } from 'rxjs'
import { Clock } from '../clock.js'
import { CommonConfig } from '../config/common-config.js'
import { derivedKeys } from '../config/keys.js'
import { type Overlapping, OverlappingMac, overlappingOf } from '../config/overlapping.js'
import { InputInvalidError } from '../problems/general.errors.js'
import { IdempotencyInProgressError, IdempotencyKeyReusedError } from './idempotency.errors.js'
import { type IdempotencyEntry, IdempotencyRepository, type KeptAnswer } from './idempotency.repository.js'
import type { StreamedCall } from './streamed-call.js'

const HEADER = 'idempotency-key'
const KEY = /^[\x21-\x7e]{1,255}$/
const RETENTION_MS = DAY_MS
const LEASE_MS = 15_000

/** Runs a call once per Idempotency-Key, caller and route; repeats get the first answer for 24 hours. */
@Injectable()
export class Idempotency implements OnApplicationBootstrap {
  private readonly logger = new Logger('Idempotency')
  private readonly macs: Overlapping<OverlappingMac>

  constructor(
    private readonly entries: IdempotencyRepository,
    private readonly clock: Clock,
    config: CommonConfig,
  ) {
    const keys = derivedKeys(config.INTERNAL_PRIVATE_KEY, 'idempotency')
    this.macs = overlappingOf(keys, (key) => new OverlappingMac([key]))
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.entries.prepare()
  }

  async eraseAccount(accountId: string): Promise<void> {
    await this.entries.eraseAccount(accountId)
  }

  applies(api: ApiDefinition, request: FastifyRequest): boolean {
    return api.idempotent && request.headers[HEADER] !== undefined
  }

  async once(
    api: ApiDefinition,
    request: FastifyRequest,
    reply: FastifyReply,
    answers: Observable<unknown>,
  ): Promise<Observable<unknown>> {
    const entry = await this.begin(overlappingOf(this.macs, (mac) => this.entryOf(mac, api, request)))
    request.idForRequest = idForRequestOf(entry._id, new Date(entry.expiresAt.getTime() - RETENTION_MS))
    const { answer } = entry
    if (isStreamed(api)) request.streamedCall = this.streamedCall(entry)
    if (!answer) return of(await this.run(entry, reply, answers))
    if (isStreamed(api)) await firstValueFrom(answers)
    return of(replay(reply, answer))
  }

  private streamedCall({ _id, answer }: IdempotencyEntry): StreamedCall {
    return {
      isAnswered: answer !== undefined,
      came: async (part, digest) => {
        const hashes = this.macs.map((mac) => hash(mac, part, digest.toString('base64url')))
        if (!(await this.entries.notePart(_id, part, hashes))) throw new IdempotencyKeyReusedError()
      },
    }
  }

  private entryOf(mac: OverlappingMac, api: ApiDefinition, request: FastifyRequest): IdempotencyEntry {
    const key = request.headers[HEADER]
    if (typeof key !== 'string' || !KEY.test(key)) throw badKey()
    const now = this.clock.now().getTime()
    const accountId = request.caller?.member?.accountId ?? null
    const bodyHash = hash(mac, api.bodyType ?? 'json', JSON.stringify(request.body ?? null))
    return {
      _id: hash(mac, api.method, request.url.split('?', 1)[0] ?? '', accountId ?? anonymous(bodyHash), key),
      accountId,
      bodyHash,
      leaseUntil: new Date(now + LEASE_MS),
      expiresAt: new Date(now + RETENTION_MS),
    }
  }

  /** The first attempt's entry, under whichever key: with its answer, or without when this call is the one to run. */
  private async begin(same: Overlapping<IdempotencyEntry>): Promise<IdempotencyEntry> {
    const [{ leaseUntil }] = same
    const [ids, bodyHashes] = [same.map(({ _id }) => _id), same.map(({ bodyHash }) => bodyHash)]
    if (await this.entries.add({ ...same[0], ids, bodyHashes })) return same[0]
    const known = await this.entries.find(ids)
    if (!known) throw new IdempotencyInProgressError()
    const isRepeat = [known.bodyHash, ...(known.bodyHashes ?? [])].some((hash) => bodyHashes.includes(hash))
    if (!isRepeat) throw new IdempotencyKeyReusedError()
    if (known.answer) return known
    const abandoned = known.leaseUntil <= this.clock.now()
    if (!abandoned || !(await this.entries.takeOver(known, leaseUntil))) throw new IdempotencyInProgressError()
    return { ...known, leaseUntil }
  }

  private async run(entry: IdempotencyEntry, reply: FastifyReply, answers: Observable<unknown>): Promise<unknown> {
    const renewal = this.renewLease(entry)
    try {
      const body = await firstValueFrom(answers, { defaultValue: undefined })
      const location = reply.getHeader('location')
      const answer = { status: reply.statusCode, body, ...(typeof location === 'string' && { location }) }
      await this.entries
        .keepAnswer(entry._id, answer)
        .catch((err: unknown) => this.logger.error({ err }, 'answer not kept'))
      return body
    } catch (error) {
      const ended = changedNothing(error) ? this.entries.release(entry._id) : this.entries.endLease(entry._id)
      await ended.catch((err: unknown) => this.logger.warn({ err }, 'key not released'))
      throw error
    } finally {
      clearInterval(renewal)
    }
  }

  private renewLease(entry: IdempotencyEntry): NodeJS.Timeout {
    let current = entry.leaseUntil
    return setInterval(() => {
      const next = new Date(this.clock.now().getTime() + LEASE_MS)
      this.entries.extendLease(entry._id, current, next).then(
        (held) => void (held && (current = next)),
        (err: unknown) => this.logger.warn({ err }, 'lease not renewed'),
      )
    }, LEASE_MS / 3).unref()
  }
}

const isStreamed = ({ bodyType }: ApiDefinition): boolean => bodyType === 'multipart/form-data'

const hash = (mac: OverlappingMac, ...parts: string[]): string => mac.make(parts.join('\n')).toString('base64url')

function replay(reply: FastifyReply, { status, body, location }: KeptAnswer): unknown {
  reply.status(status).header('idempotency-replayed', 'true')
  if (location) reply.header('location', location)
  return body
}

/** Strangers may hit on the same key. Only whoever knows the whole request repeats it, and nobody can occupy another's key. */
const anonymous = (bodyHash: string) => `anonymous ${bodyHash}`

const badKey = () =>
  new InputInvalidError([
    { path: 'Idempotency-Key', code: 'invalid', message: 'Use 1 to 255 printable ASCII characters without spaces.' },
  ])

/**
 * A rule's refusal changes nothing; after any other error, such as a lost answer to a write, nobody knows. Of a call that another
 * began, neither is known.
 */
const changedNothing = (error: unknown): boolean =>
  error instanceof DomainError && error.kind !== 'unavailable' && !(error instanceof IdempotencyKeyReusedError)

/** A UUIDv7 (RFC 9562 §5.7) with the time of the first attempt; each repeat has the same. */
function idForRequestOf(entryId: string, begun: Date): string {
  const bytes = createHash('sha256').update(entryId).digest().subarray(0, 16)
  bytes.writeUIntBE(begun.getTime(), 0, 6)
  bytes[6] = (bytes[6]! & 0x0f) | 0x70
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
