import type { FastifyReply, FastifyRequest } from 'fastify'

/** Links the next page of a list (RFC 8288 §3, relation `next`): the same address with the answer's cursor. */
export function linkNextPage(answer: unknown, { url }: FastifyRequest, reply: FastifyReply): void {
  const { nextCursor } = (answer ?? {}) as { nextCursor?: unknown }
  if (typeof nextCursor !== 'string') return
  const { pathname, searchParams } = new URL(url, 'http://site')
  searchParams.set('cursor', nextCursor)
  reply.header('link', `<${pathname}?${searchParams.toString()}>; rel="next"`)
}
