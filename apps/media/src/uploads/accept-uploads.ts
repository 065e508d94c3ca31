import multipart from '@fastify/multipart'
import type { NestFastifyApplication } from '@nestjs/platform-fastify'
import { FORM_LIMITS } from './receive-form.js'

/** 40 MB at 80 kB/s; the general limit of 30 s would refuse every slow line. */
const UPLOAD_MS = 500_000

export async function acceptUploads(app: NestFastifyApplication): Promise<void> {
  // ByteLimit refuses a file that is too large, in our words.
  await app.register(multipart, { limits: { ...FORM_LIMITS, fileSize: Infinity }, throwFileSizeLimit: false })
  ;(app.getHttpServer() as { requestTimeout: number }).requestTimeout = UPLOAD_MS
}
