import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { Injectable } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { PageCookies } from './page-cookies.js'

/** The name of the hidden field. */
export const FORM_FIELD = 'form'

/** The cookie’s value is the key, so that replicas share no other, and a token tells nothing of the cookie. */
export const formTokenOf = (cookie: string): string => createHmac('sha256', cookie).update('form').digest('hex')

export function isFormTokenOf(cookie: string, given: unknown): boolean {
  const ours = Buffer.from(formTokenOf(cookie))
  const theirs = Buffer.from(typeof given === 'string' ? given : '')
  return ours.length === theirs.length && timingSafeEqual(ours, theirs)
}

/** Gives each form a token of the session in whose pages it stands, or of the browser before a log-in (OWASP CSRF cheat sheet). */
@Injectable()
export class FormTokens {
  /** All forms of a page share the cookie that comes with it. */
  private readonly given = new WeakMap<FastifyRequest, string>()

  constructor(private readonly cookies: PageCookies) {}

  /** The cookie that the token of a form must belong to: a form from before a log-in is none of the session’s. */
  cookieOf({ headers }: FastifyRequest): string | undefined {
    return this.cookies.sessionIn(headers.cookie) ?? this.cookies.formIn(headers.cookie)
  }

  tokenFor(request: FastifyRequest, reply: FastifyReply): string {
    const known = this.cookieOf(request) ?? this.given.get(request)
    if (known) return formTokenOf(known)
    const fresh = randomBytes(32).toString('hex')
    this.given.set(request, fresh)
    reply.header('set-cookie', this.cookies.setForm(fresh))
    return formTokenOf(fresh)
  }
}
