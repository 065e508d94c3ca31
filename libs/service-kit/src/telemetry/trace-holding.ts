import type { About, Holding } from '@mpics/contracts'

const technical = (description: string): About => ({ classification: 'technical', purpose: 'diagnosis', description })
const identifier = (description: string): About => ({ classification: 'identifier', purpose: 'diagnosis', description })

/** Names what nobody stated, without its value. */
export const UNSTATED = 'mpics.unstated'

/** Every attribute that leaves a service: the exporter leaves out any other. */
const fields: Record<string, About> = {
  component: technical('the instrumented library'),
  'db.collection.name': technical('of a query'),
  'db.namespace': technical('the database of a query'),
  'db.operation.name': technical('of a query'),
  'db.query.text': technical('of a query, with `?` in place of every value'),
  'db.system.name': technical('of a query'),
  'error.type': technical('the name of an error, or the status of an answer'),
  'event.type': technical('of an event of the catalogue'),
  'exception.message': technical('of an error, without values'),
  'exception.stacktrace': technical('of an error, without values'),
  'exception.type': technical('of an error'),
  'http.request.method': technical('of a request'),
  'http.request.method_original': technical('of a request'),
  'http.response.status_code': technical('of an answer'),
  'http.route': technical('of a request: a template, never a path'),
  'mail.attempt': technical('how many attempts were made'),
  'mail.id': identifier('of a mail, without its address'),
  'mail.kind': technical('of a mail'),
  'messaging.message.id': identifier('of an event'),
  'messaging.operation.type': technical('of an event'),
  'messaging.system': technical('of an event'),
  'nestjs.callback': technical('the method that answers'),
  'nestjs.controller': technical('the class that answers'),
  'nestjs.type': technical('what Nest does'),
  'nestjs.version': technical('of Nest'),
  'network.protocol.version': technical('of a request'),
  'server.address': technical('of one of our servers'),
  'server.port': technical('of one of our servers'),
  'service.instance.id': technical('which process exported it, by a random id'),
  'service.name': technical('which service exported it'),
  'service.version': technical('of the service that exported it'),
  'telemetry.sdk.language': technical('of the exporter'),
  'telemetry.sdk.name': technical('of the exporter'),
  'telemetry.sdk.version': technical('of the exporter'),
  'url.scheme': technical('of a request'),
  [UNSTATED]: technical(
    'names of attributes that were left out, since nobody stated what they are; never their values',
  ),
}

export const isStated = (name: string): boolean => Object.hasOwn(fields, name)

/** `RedactingExporter` lets nothing else leave: no paths, queries, addresses of people and user agents. */
export const traceHolding: Holding = {
  place: 'trace attributes',
  subject: 'nobody: an id of an event or of a mail, which leads to an account only as long as that is kept',
  retention: 'as long as the operator keeps the traces',
  erasure: 'ends by itself with its retention',
  export: 'none: nothing leads from an account to it',
  fields,
}
