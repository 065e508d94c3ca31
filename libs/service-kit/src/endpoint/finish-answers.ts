import './request.js'
import type { ApiDefinition } from '@mpics/contracts'
import type { FastifyInstance } from 'fastify'
import { linkNextPage } from './next-page.js'

/** Links the next page of a list; tests also compare each answer with its definition. */
export function finishAnswers(fastify: FastifyInstance): void {
  const isTest = process.env['NODE_ENV'] === 'test'
  fastify.addHook('preSerialization', (request, reply, answer, done) => {
    const { api } = request
    const isAnswer = api !== undefined && reply.statusCode < 400
    if (isAnswer) linkNextPage(answer, request, reply)
    const fault = isAnswer && isTest ? faultOf(api, answer) : null
    if (fault) done(fault)
    else done(null, answer)
  })
}

function faultOf(api: ApiDefinition, answer: unknown): Error | null {
  const problem = api.answer?.safeParse(answer).error
  return problem ? new Error(`The answer of ${api.name} breaks its definition: ${problem.message}`) : null
}
