import type { Envelope } from '@mpics/contracts'
import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common'
import { finalize, type Observable } from 'rxjs'
import { Invalidation } from './invalidation.js'

/** Drops the cached entries that a handled event makes stale. */
@Injectable()
export class InvalidationInterceptor implements NestInterceptor {
  constructor(private readonly invalidation: Invalidation) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (context.getType() !== 'rpc') return next.handle()
    const event: Envelope | readonly unknown[] = context.switchToRpc().getData()
    if (!('type' in event)) return next.handle()
    // afterwards, or a load in between would cache data that the reaction is about to replace; also when the reaction fails
    return next.handle().pipe(finalize(() => this.invalidation.apply(event)))
  }
}
