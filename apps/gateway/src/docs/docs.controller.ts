import { setImmediate as othersServed } from 'node:timers/promises'
import {
  asyncApiDocument,
  eventByType,
  eventSchemaDocument,
  openApiSteps,
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

/** While no call is described others are served: all of them take some tenths of a second. */
async function described(serverUrl: string | undefined): Promise<string> {
  const steps = openApiSteps(publicApis, { version, serverUrl })
  for (;;) {
    const { done, value } = steps.next()
    if (done) return JSON.stringify(value)
    await othersServed()
  }
}

/** Documents the API and the events from the schemas that validate them, once somebody asks for it. */
@Controller()
export class DocsController {
  private openApi?: Promise<string>
  private asyncApi?: string

  constructor(
    private readonly config: GatewayConfig,
    private readonly show: ShowPage,
    private readonly news: SiteNews,
  ) {}

  @Get('/openapi.json')
  @Header('content-type', 'application/json; charset=utf-8')
  openApiJson(): Promise<string> {
    return (this.openApi ??= described(addressOf(this.config)))
  }

  @Get('/asyncapi.json')
  @Header('content-type', 'application/json; charset=utf-8')
  asyncApiJson(): string {
    return (this.asyncApi ??= JSON.stringify(
      asyncApiDocument(version, this.config.PUBLIC_URL, mailAddressOf(this.config)),
    ))
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
    return this.show.execute(request, reply, { title: 'Events', body: eventsPage(), about: aboutEvents })
  }
}
