import './request.js'
import { createParamDecorator, type ExecutionContext } from '@nestjs/common'
import type { FastifyRequest } from 'fastify'
import { UnauthenticatedError } from '../problems/general.errors.js'

const requestOf = (context: ExecutionContext) => context.switchToHttp().getRequest<FastifyRequest>()

/** The call's parsed input: `@Input() input: ApiInput<typeof api>`. */
export const Input = createParamDecorator((_: unknown, context: ExecutionContext) => requestOf(context).input)

/** The caller: `@Caller() caller: CallerIdentity`. */
export const Caller = createParamDecorator((_: unknown, context: ExecutionContext) => requestOf(context).caller)

/** The account that is logged in: `@Member() member: MemberIdentity`; 401 without. */
export const Member = createParamDecorator((_: unknown, context: ExecutionContext) => {
  const member = requestOf(context).caller?.member
  if (!member) throw new UnauthenticatedError()
  return member
})
