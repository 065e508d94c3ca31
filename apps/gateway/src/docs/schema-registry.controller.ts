import { schemaWithId } from '@mpics/contracts/catalogue'
import { entityTag, isKnown } from '@mpics/service-kit'
import { Controller, Get, Param, Req, Res } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { GatewayConfig } from '../config.js'

const CONTENT_TYPE = 'application/vnd.schemaregistry.v1+json'
const NOT_FOUND = { error_code: 40403, message: 'Schema not found' }

/** Fastify adds a charset to the type of a text, which this one does not have. */
const bytesOf = (answer: object): Buffer => Buffer.from(JSON.stringify(answer))

/** Answers what deserialisers of the Confluent family ask for the schema that a record names, as Confluent's Schema Registry does. */
@Controller()
export class SchemaRegistryController {
  constructor(private readonly config: GatewayConfig) {}

  @Get('/schemas/guids/:guid')
  schema(@Param('guid') guid: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    const id = guid.toLowerCase()
    const schema = schemaWithId(id, this.config.PUBLIC_URL)
    if (!schema) {
      void reply.status(404).header('cache-control', 'no-store').type(CONTENT_TYPE).send(bytesOf(NOT_FOUND))
      return
    }
    // clients keep a schema by the guid of the answer: without it they would ask for each record
    const answer = { guid: id, schemaType: 'JSON', schema: JSON.stringify(schema) }
    const etag = entityTag(answer)
    // another schema has another id
    reply.headers({ 'cache-control': 'public, max-age=86400', etag })
    if (isKnown(request, etag)) void reply.status(304).send()
    else void reply.type(CONTENT_TYPE).send(bytesOf(answer))
  }
}
