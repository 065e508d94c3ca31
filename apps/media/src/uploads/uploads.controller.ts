import type { IncomingMessage } from 'node:http'
import { type ApiAnswer, media } from '@mpics/contracts'
import { Endpoint, Member, type MemberIdentity, UnsupportedMediaTypeError } from '@mpics/service-kit'
import { Controller, Req, Res } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { MAX_BYTES } from './byte-limit.js'
import { UploadPhoto } from './upload-photo.js'
import { UploadPlaces } from './upload-places.js'
import { PhotoTooLargeError, UploadTooSlowError } from './upload.errors.js'

/** Room for the fields beside the file. */
const FORM_BYTES = 1024 * 1024
const ANSWER_MS = 2_000
const READ_ON_MS = 30_000

@Controller()
export class UploadsController {
  constructor(
    private readonly uploads: UploadPhoto,
    private readonly places: UploadPlaces,
  ) {}

  @Endpoint(media.uploadPhoto)
  async upload(
    @Member() { accountId }: MemberIdentity,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ApiAnswer<typeof media.uploadPhoto>> {
    if (!request.isMultipart()) throw new UnsupportedMediaTypeError('multipart/form-data')
    try {
      if (Number(request.headers['content-length']) > MAX_BYTES + FORM_BYTES) throw new PhotoTooLargeError()
      const id = await this.places.during(accountId, request.raw, () =>
        this.uploads.execute(accountId, { open: () => request.parts(), call: request.streamedCall }),
      )
      reply.header('location', `/v1/photos/${id}`)
      return { id, status: 'processing' }
    } catch (error) {
      if (error instanceof UploadTooSlowError) closeAfterAnswer(reply)
      throw error
    } finally {
      readOn(request.raw)
    }
  }
}

/** What is left of a slow upload ends with its connection, and the code that waits for it too. */
function closeAfterAnswer({ raw }: FastifyReply): void {
  raw.setHeader('connection', 'close')
  const close = () => raw.req.destroy()
  raw.once('close', close)
  raw.once('finish', close)
  setTimeout(close, ANSWER_MS).unref()
}

/**
 * A client that is refused in the middle of an upload still sends, and would meet a closed connection instead of the answer.
 * This discards the rest, up to the size of one more picture, for a while.
 */
function readOn(request: IncomingMessage): void {
  if (request.readableEnded || request.destroyed) return
  let left = MAX_BYTES + FORM_BYTES
  request.unpipe()
  request.on('data', (chunk: Buffer) => void ((left -= chunk.length) < 0 && request.destroy()))
  request.resume()
  const late = setTimeout(() => request.destroy(), READ_ON_MS).unref()
  request.once('close', () => clearTimeout(late))
}
