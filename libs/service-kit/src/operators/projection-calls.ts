import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { Projections } from '@mpics/eventing'
import { Injectable, Logger } from '@nestjs/common'
import { domainErrorOf } from '../problems/domain-error-of.js'
import { NotFoundError } from '../problems/general.errors.js'
import { internalProblem, problemOf } from '../problems/problem.js'
import { Operators } from '../trust/operators.js'

const LIST = /^\/projections$/
const ONE = /^\/projections\/([a-z-]+)$/
const REBUILD = /^\/projections\/([a-z-]+)\/rebuild$/

interface Answer {
  status: number
  body: object
}

/** Operators read and rebuild a service's projections at /projections on the operators' port. */
@Injectable()
export class ProjectionCalls {
  private readonly logger = new Logger('Operators')

  constructor(
    private readonly projections: Projections,
    private readonly operators: Operators,
  ) {}

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    request.resume()
    const { status, body } = await this.perform(request).catch((error: unknown) => this.problem(error))
    const type = status < 400 ? 'application/json' : 'application/problem+json'
    response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(JSON.stringify(body))
  }

  private async perform({ method, url, headers }: IncomingMessage): Promise<Answer> {
    const by = await this.operators.nameOf(headers.authorization)
    const { pathname, searchParams } = new URL(url ?? '/', 'http://operators')
    const [, one] = ONE.exec(pathname) ?? []
    const [, ordered] = REBUILD.exec(pathname) ?? []
    if (method === 'GET' && LIST.test(pathname)) return { status: 200, body: { items: await this.projections.list() } }
    if (method === 'GET' && one) return { status: 200, body: await this.projections.status(one) }
    if (method !== 'POST' || !ordered) throw new NotFoundError()
    const allowEmpty = searchParams.get('allowEmpty') === 'true'
    return { status: 202, body: await this.projections.rebuild(ordered, { by, allowEmpty }) }
  }

  private problem(error: unknown): Answer {
    const id = randomUUID()
    const known = domainErrorOf(error)
    if (!known) this.logger.error({ msg: 'an order of an operator failed', id, err: error })
    const problem = known ? problemOf(known, id) : internalProblem(id)
    return { status: problem.status, body: problem }
  }
}
