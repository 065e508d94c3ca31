import { identity } from '@mpics/contracts'
import { Controller, Req, Res } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { ServedHere } from '../routes/served-here.js'
import { ComposedAnswers } from './composed-answers.js'

/** A hundred kilobytes that are the same for everybody: asked once for all who come meanwhile. */
@Controller()
export class InventoryController {
  constructor(private readonly answers: ComposedAnswers) {}

  @ServedHere(identity.getInventory)
  inventory(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    return this.answers.execute(identity.getInventory, request, reply, {
      compose: (inventory) => inventory,
      tagsOf: () => [],
    })
  }
}
