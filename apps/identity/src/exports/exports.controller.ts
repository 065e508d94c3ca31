import { Readable } from 'node:stream'
import { type ApiAnswer, type ApiInput, identity } from '@mpics/contracts'
import { ExportStore } from '@mpics/rights'
import { Endpoint, Input, isKnown, Member, type MemberIdentity, requestedRange } from '@mpics/service-kit'
import { Controller, Header, Req, Res, StreamableFile } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Proved, type ProvedMember } from '../proofs/proved-member.js'
import { RangeNotSatisfiableError } from './export.errors.js'
import { ReadExport } from './read-export.js'
import { RequestExport } from './request-export.js'

@Controller()
export class ExportsController {
  constructor(
    private readonly requesting: RequestExport,
    private readonly reading: ReadExport,
    private readonly store: ExportStore,
  ) {}

  @Endpoint(identity.requestExport)
  async request(
    @Proved() { accountId }: ProvedMember,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ApiAnswer<typeof identity.requestExport>> {
    const asked = await this.requesting.execute(accountId)
    reply.header('location', `/v1/me/exports/${asked.id}`)
    return asked
  }

  @Endpoint(identity.getExport)
  @Header('cache-control', 'private, no-store')
  get(
    @Member() { accountId }: MemberIdentity,
    @Input() { params }: ApiInput<typeof identity.getExport>,
  ): Promise<ApiAnswer<typeof identity.getExport>> {
    return this.reading.execute(accountId, params.id)
  }

  /** Streams from the object store; there is no other way to the file, and no link that works without its owner. */
  @Endpoint(identity.getExportFile)
  async file(
    @Member() { accountId }: MemberIdentity,
    @Input() { params }: ApiInput<typeof identity.getExportFile>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile | undefined> {
    const { objectKey, sha256, bytes } = await this.reading.file(accountId, params.id)
    const etag = `"${sha256}"`
    reply.headers({
      ...HEADERS,
      etag,
      'content-disposition': `attachment; filename="million-pictures-${params.id}.zip"`,
    })
    if (isKnown(request, etag)) return void reply.status(304)
    const range = requestedRange(request, etag, bytes)
    if (range === null) throw refusal(reply, bytes)
    const { offset, length } = range ?? { offset: 0, length: bytes }
    if (range) reply.status(206).header('content-range', `bytes ${offset}-${offset + length - 1}/${bytes}`)
    reply.header('content-length', length)
    if (request.method === 'HEAD') return new StreamableFile(Readable.from([]))
    return new StreamableFile(await this.store.open(objectKey, range))
  }
}

const HEADERS = {
  'content-type': 'application/zip',
  'cache-control': 'private, no-store',
  'accept-ranges': 'bytes',
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; sandbox",
}

function refusal(reply: FastifyReply, bytes: number): RangeNotSatisfiableError {
  reply.header('content-range', `bytes */${bytes}`)
  return new RangeNotSatisfiableError(bytes)
}
