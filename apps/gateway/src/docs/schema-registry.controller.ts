import { schemaWithId } from '@mpics/contracts/catalogue'
import { Controller, Get, Param, Res } from '@nestjs/common'
import type { FastifyReply } from 'fastify'
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
  schema(@Param('guid') guid: string, @Res() reply: FastifyReply): void {
    const id = guid.toLowerCase()
    const schema = schemaWithId(id, this.config.PUBLIC_URL)
    void reply.status(schema ? 200 : 404).type(CONTENT_TYPE)
    if (!schema) return void reply.send(bytesOf(NOT_FOUND))
    // clients keep a schema by the guid of the answer: without it they would ask for each record
    const answer = { guid: id, schemaType: 'JSON', schema: JSON.stringify(schema) }
    // another schema has another id
    void reply.header('cache-control', 'public, max-age=86400').send(bytesOf(answer))
  }
}
