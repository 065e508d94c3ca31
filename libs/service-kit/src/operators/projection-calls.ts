import type { IncomingMessage, ServerResponse } from 'node:http'
import { Projections } from '@mpics/eventing'
import { Injectable } from '@nestjs/common'
import { NotFoundError } from '../problems/general.errors.js'
import { Operators } from '../trust/operators.js'
import { type Answer, answerOperator } from './answer-operator.js'

const LIST = /^\/projections$/
const ONE = /^\/projections\/([a-z-]+)$/
const REBUILD = /^\/projections\/([a-z-]+)\/rebuild$/

/** Operators read and rebuild a service's projections at /projections on the operators' port. */
@Injectable()
export class ProjectionCalls {
  constructor(
    private readonly projections: Projections,
    private readonly operators: Operators,
  ) {}

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    request.resume()
    await answerOperator(response, this.perform(request))
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
}
