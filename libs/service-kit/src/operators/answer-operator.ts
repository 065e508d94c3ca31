import { randomUUID } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import { Logger } from '@nestjs/common'
import { domainErrorOf } from '../problems/domain-error-of.js'
import { internalProblem, problemOf } from '../problems/problem.js'

export interface Answer {
  status: number
  body: object
}

const logger = new Logger('Operators')

export async function answerOperator(response: ServerResponse, work: Promise<Answer>): Promise<void> {
  const { status, body } = await work.catch(problem)
  const type = status < 400 ? 'application/json' : 'application/problem+json'
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(JSON.stringify(body))
}

function problem(error: unknown): Answer {
  const id = randomUUID()
  const known = domainErrorOf(error)
  if (!known) logger.error({ msg: 'an order of an operator failed', id, err: error })
  const { status, ...told } = known ? problemOf(known, id) : internalProblem(id)
  return { status, body: { status, ...told } }
}
