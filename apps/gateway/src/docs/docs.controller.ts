import {
  asyncApiDocument,
  eventByType,
  eventSchemaDocument,
  openApiDocument,
  publicApis,
} from '@mpics/contracts/catalogue'
import { DEFAULT_LANGUAGE } from '@mpics/contracts'
import { Controller, Get, Header, Param, Req, Res } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { GatewayConfig } from '../config.js'
import { docsHeaders } from '../pages/page-headers.js'
import { ShowPage } from '../pages/show-page.js'
import { SiteNews } from '../pages/site-news.js'
import { apiPage } from './api-page.js'
import { SchemaNotFoundError } from './docs.errors.js'
import { aboutEvents, eventsPage } from './events-page.js'
import { version } from './version.js'

/** Undefined on one machine, whose address means another one elsewhere: then it is that of the document. */
const addressOf = ({ PUBLIC_URL: site }: GatewayConfig): string | undefined =>
  new URL(site).hostname === 'localhost' ? undefined : site

/** Undefined where the operator gave an address of a page. */
const mailAddressOf = ({ GATEWAY_SECURITY_CONTACT: contact }: GatewayConfig): string | undefined =>
  contact.startsWith('mailto:') ? contact.slice('mailto:'.length) : undefined

/** Documents the API and the events from the schemas that validate them. */
@Controller()
export class DocsController {
  private readonly openApi: string
  private readonly asyncApi: string

  constructor(
    private readonly config: GatewayConfig,
    private readonly show: ShowPage,
    private readonly news: SiteNews,
  ) {
    this.openApi = JSON.stringify(openApiDocument(publicApis, { version, serverUrl: addressOf(config) }))
    this.asyncApi = JSON.stringify(asyncApiDocument(version, config.PUBLIC_URL, mailAddressOf(config)))
  }

  @Get('/openapi.json')
  @Header('content-type', 'application/json; charset=utf-8')
  openApiJson(): string {
    return this.openApi
  }

  @Get('/asyncapi.json')
  @Header('content-type', 'application/json; charset=utf-8')
  asyncApiJson(): string {
    return this.asyncApi
  }

  /** `ce_dataschema` of an event is this address. */
  @Get('/schemas/:file')
  @Header('content-type', 'application/schema+json; charset=utf-8')
  @Header('cache-control', 'public, max-age=3600')
  schema(@Param('file') file: string): string {
    const event = eventByType.get(file.replace(/\.json$/, ''))
    if (!event) throw new SchemaNotFoundError()
    return JSON.stringify(eventSchemaDocument(event, this.config.PUBLIC_URL))
  }

  @Get('/docs')
  api(@Res() reply: FastifyReply): void {
    reply.headers(docsHeaders).send(apiPage(this.config.PUBLIC_URL, this.news.in(DEFAULT_LANGUAGE)))
  }

  @Get('/docs/events')
  events(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.show.execute(request, reply, { title: 'Events', body: eventsPage, about: aboutEvents })
  }
}
