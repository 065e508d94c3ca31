import { type ApiAnswer, identity } from '@mpics/contracts'
import { Endpoint, entityTag } from '@mpics/service-kit'
import { Controller, Res } from '@nestjs/common'
import type { FastifyReply } from 'fastify'
import { inventory } from './inventory.generated.js'

let text: string | undefined
const etag = entityTag(inventory)

/** Made once: the inventory changes with the release. */
@Controller()
export class InventoryController {
  @Endpoint(identity.getInventory)
  read(@Res({ passthrough: true }) reply: FastifyReply): ApiAnswer<typeof identity.getInventory> {
    reply.header('etag', etag).type('application/json; charset=utf-8')
    reply.serializer((payload: unknown) =>
      payload === inventory ? (text ??= JSON.stringify(inventory)) : JSON.stringify(payload),
    )
    return inventory
  }
}
