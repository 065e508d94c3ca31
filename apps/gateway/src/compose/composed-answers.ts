import type { ApiDefinition } from '@mpics/contracts'
import { Injectable } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { PublicAnswers } from '../answers/public-answers.js'
import { composedEtag } from '../proxy/composed-etag.js'
import { type Answered, PrimaryAnswer } from './primary-answer.js'

interface Composed {
  whole: object
  text: string
  etag: string
  tags: readonly string[]
}

type Body<D extends ApiDefinition> = Answered<D>['body']

export interface Composition<D extends ApiDefinition> {
  readonly compose: (body: Body<D>) => object | Promise<object>
  readonly tagsOf: (body: Body<D>) => readonly string[]
}

/** Answers with what several services know, in one text that is made once, and its tag. */
@Injectable()
export class ComposedAnswers {
  constructor(
    private readonly primary: PrimaryAnswer,
    private readonly answers: PublicAnswers,
  ) {}

  async execute<D extends ApiDefinition>(
    api: D,
    request: FastifyRequest,
    reply: FastifyReply,
    composition: Composition<D>,
  ): Promise<object> {
    const make = () => this.make(request, api, composition)
    const isForAll = !request.caller?.member
    const { whole, text, etag } = await (isForAll ? this.answers.get(request.url, make, ({ tags }) => tags) : make())
    reply.header('etag', etag).type('application/json; charset=utf-8')
    reply.serializer((payload: unknown) => (payload === whole ? text : JSON.stringify(payload)))
    return whole
  }

  private async make<D extends ApiDefinition>(
    request: FastifyRequest,
    api: D,
    { compose, tagsOf }: Composition<D>,
  ): Promise<Composed> {
    const answer = await this.primary.read(api, request)
    const whole = await compose(answer.body)
    const text = JSON.stringify(whole)
    return { whole, text, etag: composedEtag(answer.etag, text), tags: tagsOf(answer.body) }
  }
}
