import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Observable } from 'rxjs'
import { Idempotency } from '../idempotency/idempotency.js'
import { apiOf } from './definition.js'
import { takeInput } from './take-input.js'

/** Validates the input of a wrapped change, after all guards, and honours Idempotency-Key. */
@Injectable()
export class ChangeInterceptor implements NestInterceptor {
  constructor(private readonly idempotency: Idempotency) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> | Promise<Observable<unknown>> {
    const api = apiOf(context.getHandler())
    if (!api) return next.handle()
    takeInput(api, context)
    const request = context.switchToHttp().getRequest<FastifyRequest>()
    if (!this.idempotency.applies(api, request)) return next.handle()
    return this.idempotency.once(api, request, context.switchToHttp().getResponse<FastifyReply>(), next.handle())
  }
}
