import type { IncomingMessage } from 'node:http'
import { type ApiAnswer, media } from '@mpics/contracts'
import { Endpoint, Member, type MemberIdentity, UnsupportedMediaTypeError } from '@mpics/service-kit'
import { Controller, Req, Res } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { MAX_BYTES } from './byte-limit.js'
import { UploadPhoto } from './upload-photo.js'
import { PhotoTooLargeError } from './upload.errors.js'

/** Room for the fields beside the file. */
const FORM_BYTES = 1024 * 1024

@Controller()
export class UploadsController {
  constructor(private readonly uploads: UploadPhoto) {}

  @Endpoint(media.uploadPhoto)
  async upload(
    @Member() { accountId }: MemberIdentity,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ApiAnswer<typeof media.uploadPhoto>> {
    if (!request.isMultipart()) throw new UnsupportedMediaTypeError('multipart/form-data')
    try {
      if (Number(request.headers['content-length']) > MAX_BYTES + FORM_BYTES) throw new PhotoTooLargeError()
      const id = await this.uploads.execute(accountId, request.parts())
      reply.header('location', `/v1/photos/${id}`)
      return { id, status: 'processing' }
    } finally {
      readOn(request.raw)
    }
  }
}

/**
 * A client that is refused in the middle of an upload still sends, and would meet a closed connection instead of the answer.
 * This discards the rest, up to the size of one more picture.
 */
function readOn(request: IncomingMessage): void {
  if (request.readableEnded || request.destroyed) return
  let left = MAX_BYTES + FORM_BYTES
  request.unpipe()
  request.on('data', (chunk: Buffer) => void ((left -= chunk.length) < 0 && request.destroy()))
  request.resume()
}
