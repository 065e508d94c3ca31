import type { FastifyRequest } from 'fastify'

/** Path as it was written, escapes included; clients may send the whole address (RFC 9112 §3.2.2). */
export const pathOf = ({ url }: Pick<FastifyRequest, 'url'>): string =>
  url.replace(/^https?:\/\/[^/?#]*/i, '').replace(/[?#].*$/s, '') || '/'

export const searchOf = ({ url }: Pick<FastifyRequest, 'url'>): string =>
  url.includes('?') ? url.slice(url.indexOf('?')) : ''
