import { identity } from '@mpics/contracts'

/** What a process asks of another one with these bytes, or nothing that counts: `find photos`, `GET 127.0.0.1:8082`, `produce …`. */
export function askedIn(chunk: unknown): string[] {
  if (typeof chunk === 'string') return httpRequest(chunk)
  if (!(chunk instanceof Uint8Array) || chunk.length < 16) return []
  const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length)
  if (bytes.readInt32LE(0) === bytes.length && bytes.readInt32LE(12) === OP_MSG) return mongoCommand(bytes)
  if (bytes.readInt32BE(0) === bytes.length - 4 && bytes.readInt16BE(4) === PRODUCE) return eventsIn(bytes)
  return []
}

/** Asked every few seconds, whatever else is done. */
const IN_ROUNDS = new Set<string>([identity.claimLastMails.path, 'find emails status: queued'])

function httpRequest(head: string): string[] {
  const [, method, path = ''] = /^([A-Z]+) (\S+) HTTP\/1\.1\r\n/.exec(head) ?? []
  if (IN_ROUNDS.has(path)) return []
  const [, host] = /\r\nhost: (\S+)/i.exec(head) ?? []
  return method && host ? [`${method} ${host}`] : []
}

/** MongoDB's wire protocol, OP_MSG: header, flags, kind of section, then a document whose first element names the command. */
const OP_MSG = 2013
const FIRST_ELEMENT = 16 + 4 + 1 + 4
const TEXT = 2
const OF_CONNECTIONS = new Set(['hello', 'ismaster', 'ping', 'endSessions'])

function mongoCommand(message: Buffer): string[] {
  const nameEnd = message.indexOf(0, FIRST_ELEMENT + 1)
  const name = message.toString('latin1', FIRST_ELEMENT + 1, nameEnd)
  if (OF_CONNECTIONS.has(name)) return []
  if (message[FIRST_ELEMENT] !== TEXT) return [name]
  const from = nameEnd + 1 + 4
  const command = `${name} ${message.toString('utf8', from, message.indexOf(0, from))}`
  return IN_ROUNDS.has(`${command}${statusIn(message)}`) ? [] : [command]
}

/** What a filter wants of a field `status`: a text of BSON, behind four bytes of its length. */
const statusIn = (message: Buffer): string =>
  /\u0002status\0[^]{4}([a-z]+)\0/.exec(message.toString('latin1'))?.[1]?.replace(/^/, ' status: ') ?? ''

/** Kafka's protocol: length, key of the call. Records are not compressed, so that each shows the type of its event. */
const PRODUCE = 0

const eventsIn = (request: Buffer): string[] => [
  'produce',
  ...[...request.toString('latin1').matchAll(/ce_type.([a-z.-]+\.v\d+)/gs)].map(([, type]) => type!),
]
