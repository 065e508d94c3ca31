import './request.js'
import type { ApiDefinition } from '@mpics/contracts'
import type { ExecutionContext } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { currentTimeLeftMs } from '../logging/request-context.js'
import { UnavailableError } from '../problems/general.errors.js'
import { isChange } from '../trust/time-budget.js'
import { refuseUnknownConditions } from './conditions.js'
import { parseInput } from './parse-input.js'

/** Reads a call's input, and keeps what is somebody's out of shared caches. */
export function takeInput(api: ApiDefinition, context: ExecutionContext): void {
  const request = context.switchToHttp().getRequest<FastifyRequest>()
  // nobody would learn of a change that begins now
  if (isChange(api) && currentTimeLeftMs() === 0) throw new UnavailableError()
  request.input = parseInput(api, request)
  request.api = api
  if (api.method !== 'GET') refuseUnknownConditions(context, request)
  if (isPublicRead(api, request)) return
  context.switchToHttp().getResponse<FastifyReply>().header('cache-control', 'private, no-store')
}

/** Answers to changes may hold tokens, and a path may hold one too. */
const isPublicRead = (api: ApiDefinition, { caller }: FastifyRequest): boolean =>
  api.method === 'GET' && api.access === 'anonymous' && !caller?.member && !api.path.includes('{token}')
