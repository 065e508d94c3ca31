import { Readable } from 'node:stream'
import { type ApiInput, media } from '@mpics/contracts'
import {
  type ByteRange,
  Caller,
  type CallerIdentity,
  Endpoint,
  Input,
  isKnown,
  requestedRange,
} from '@mpics/service-kit'
import { Controller, Req, Res, StreamableFile } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { renditionKey } from '../storage/object-keys.js'
import { PhotoStore } from '../storage/photo-store.js'
import { ReaderPlaces } from './reader-places.js'
import { RangeNotSatisfiableError } from './rendition.errors.js'
import { SeeRendition, type SeenRendition } from './see-rendition.js'

/** Streams the bytes from the object store; there is no other way to an object. */
@Controller()
export class RenditionsController {
  constructor(
    private readonly see: SeeRendition,
    private readonly objects: PhotoStore,
    private readonly places: ReaderPlaces,
  ) {}

  @Endpoint(media.getRendition)
  async get(
    @Caller() { member }: CallerIdentity,
    @Input() { params, query }: ApiInput<typeof media.getRendition>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile | undefined> {
    const seen = await this.see.execute(params.id, params.rendition, member?.accountId, query)
    const etag = `"${seen.photo.contentVersion}-${seen.name}-${seen.rendition.bytes}"`
    reply.headers({ etag, 'cache-control': cachingOf(seen, query.v), 'accept-ranges': 'bytes', ...HARMLESS })
    if (isKnown(request, etag)) return void reply.status(304)
    return this.send(seen, rangeOf(request, etag, seen, reply), request, reply)
  }

  private async send(
    { photo, name, rendition }: SeenRendition,
    range: ByteRange | undefined,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<StreamableFile> {
    const { offset, length } = range ?? { offset: 0, length: rendition.bytes }
    if (range) {
      reply.status(206)
      reply.header('content-range', `bytes ${offset}-${offset + length - 1}/${rendition.bytes}`)
    }
    reply.header('content-disposition', dispositionOf(photo.id, name, rendition.contentType))
    reply.headers({ 'content-type': rendition.contentType, 'content-length': length })
    // Without a stream Fastify would answer HEAD with a length of 0.
    if (request.method === 'HEAD') return new StreamableFile(Readable.from([]))
    const key = renditionKey(photo, name)
    return new StreamableFile(await this.places.during(reply.raw, () => this.objects.open(key, range)))
  }
}

/** A browser runs nothing of the bytes, whatever it takes them for (OWASP ASVS 3.2.1). */
const HARMLESS = { 'x-content-type-options': 'nosniff', 'content-security-policy': "default-src 'none'; sandbox" }

/** Shared caches keep only public renditions, under an address that names their content. */
function cachingOf({ photo, name }: SeenRendition, version: number | undefined): string {
  if (photo.visibility !== 'public' || name === 'original') return 'private, no-store'
  return version === photo.contentVersion ? 'public, max-age=60, s-maxage=60' : 'public, no-cache'
}

function dispositionOf(id: string, name: string, contentType: string): string {
  const way = name === 'original' ? 'attachment' : 'inline'
  return `${way}; filename="${id}-${name}.${contentType === 'image/jpeg' ? 'jpg' : contentType.slice('image/'.length)}"`
}

function rangeOf(
  request: FastifyRequest,
  etag: string,
  { rendition }: SeenRendition,
  reply: FastifyReply,
): ByteRange | undefined {
  const range = requestedRange(request, etag, rendition.bytes)
  if (range !== null) return range
  reply.header('content-range', `bytes */${rendition.bytes}`)
  throw new RangeNotSatisfiableError(rendition.bytes)
}
