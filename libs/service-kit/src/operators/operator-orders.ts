import type { IncomingMessage, ServerResponse } from 'node:http'
import { Injectable, Logger } from '@nestjs/common'
import type { z } from 'zod'
import { BodyMalformedError, NotFoundError, TooLargeError } from '../problems/general.errors.js'
import { checkedInput } from '../problems/checked-input.js'
import { Operators } from '../trust/operators.js'
import { type Answer, answerOperator } from './answer-operator.js'

const PATH = /^\/orders\/([a-z-]+)$/
const MAX_BYTES = 16 * 1024

export interface OperatorOrder<B extends z.ZodType = z.ZodType> {
  readonly name: string
  readonly body: B
  perform(body: z.output<B>, by: string): Promise<object>
}

/** What operators may order of a service: each is a POST to /orders/<name>, so that no address says whom it is about. */
@Injectable()
export class OperatorOrders {
  private readonly logger = new Logger('Operators')
  private readonly orders = new Map<string, OperatorOrder>()

  constructor(private readonly operators: Operators) {}

  register<B extends z.ZodType>(order: OperatorOrder<B>): void {
    this.orders.set(order.name, order)
  }

  answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    return answerOperator(response, this.perform(request))
  }

  private async perform(request: IncomingMessage): Promise<Answer> {
    const by = await this.operators.nameOf(request.headers.authorization)
    const order = this.orders.get(PATH.exec(request.url ?? '')?.[1] ?? '')
    if (request.method !== 'POST' || !order) throw new NotFoundError()
    const body = await order.perform(checkedInput(order.body, await jsonOf(request)), by)
    this.logger.log({ msg: 'an operator gave an order', order: order.name, by })
    return { status: 200, body }
  }
}

async function jsonOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > MAX_BYTES) throw new TooLargeError()
    chunks.push(chunk)
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString())
  } catch {
    throw new BodyMalformedError('The body is no JSON.')
  }
}
