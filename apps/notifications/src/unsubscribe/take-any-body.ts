import type { NestFastifyApplication } from '@nestjs/platform-fastify'

/**
 * A one-click POST may come as multipart/form-data, as a urlencoded form (RFC 8058 §3.2), or from a page with nothing at all. Nothing of
 * it is needed. Calls that do read a body still refuse what they do not know.
 */
export function takeAnyBody(app: NestFastifyApplication): void {
  app
    .getHttpAdapter()
    .getInstance()
    .addContentTypeParser('*', { parseAs: 'buffer' }, (_request, _body, done) => done(null, undefined))
}
