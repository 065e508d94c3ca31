import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common'
import type { FastifyRequest } from 'fastify'
import { FORM_FIELD, FormTokens, isFormTokenOf } from './form-tokens.js'
import { CookiesRequiredError, FormExpiredError } from './page-session.errors.js'

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Holds for the form of every page, so that a new one is not forgotten; a page says itself that its form needs no token. */
@Injectable()
export class FormGuard implements CanActivate {
  constructor(private readonly tokens: FormTokens) {}

  canActivate(context: ExecutionContext): boolean {
    if (context.getType() !== 'http') return true
    const request = context.switchToHttp().getRequest<FastifyRequest>()
    const { edge, takesToken, openForm } = request.routeOptions.config
    if (SAFE.has(request.method) || edge || takesToken || openForm) return true
    const cookie = this.tokens.cookieOf(request)
    if (!cookie) throw new CookiesRequiredError()
    const given = (request.body as Record<string, unknown> | null | undefined)?.[FORM_FIELD]
    if (!isFormTokenOf(cookie, given)) throw new FormExpiredError()
    return true
  }
}
