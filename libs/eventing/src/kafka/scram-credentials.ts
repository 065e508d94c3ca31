import { pbkdf2, randomBytes } from 'node:crypto'
import { promisify } from 'node:util'
import type { Kafka } from 'kafkajs'
import Decoder from 'kafkajs/src/protocol/decoder.js'
import Encoder from 'kafkajs/src/protocol/encoder.js'
import protocol from 'kafkajs/src/protocol/error.js'
import { clusterFactory } from './fenced-producer.js'

/** Kafka's code where there is no such log-in. */
const RESOURCE_NOT_FOUND = 91
/** Kafka's number of SCRAM-SHA-512 (KIP-554). */
const SCRAM_SHA_512 = 2
const ITERATIONS = 8_192
const SALT_BYTES = 32
const HASH_BYTES = 64
const DESCRIBE = { apiKey: 50, apiVersion: 0, apiName: 'DescribeUserScramCredentials' }
const ALTER = { apiKey: 51, apiVersion: 0, apiName: 'AlterUserScramCredentials' }

interface AdministeredCluster {
  connect(): Promise<void>
  disconnect(): Promise<void>
  refreshMetadata(): Promise<void>
  findControllerBroker(): Promise<{ connectionPool: { send(call: object): Promise<unknown> } }>
}

/** Log-ins that the cluster itself keeps; kafkajs has no calls for them. A password leaves this process salted and hashed alone. */
export class ScramCredentials {
  private constructor(private readonly cluster: AdministeredCluster) {}

  static async with<T>(kafka: Kafka, work: (credentials: ScramCredentials) => Promise<T>): Promise<T> {
    const options = { allowAutoTopicCreation: false, metadataMaxAge: 60_000 }
    const cluster = clusterFactory(kafka).create(options) as unknown as AdministeredCluster
    await cluster.connect()
    try {
      await cluster.refreshMetadata()
      return await work(new ScramCredentials(cluster))
    } finally {
      await cluster.disconnect()
    }
  }

  /** The names of all who may log in. */
  async names(): Promise<string[]> {
    return (await this.call(DESCRIBE, body().writeUVarInt(0), readDescribed)) as string[]
  }

  /** Replaces the password of a name that has one. */
  async set(name: string, password: string): Promise<void> {
    const salt = randomBytes(SALT_BYTES)
    const salted = await promisify(pbkdf2)(password, salt, ITERATIONS, HASH_BYTES, 'sha512')
    const credential = named(name).writeInt32(ITERATIONS).writeUVarIntBytes(salt).writeUVarIntBytes(salted)
    await this.call(ALTER, list(body()).writeEncoder(list(new Encoder(), credential)), readAltered)
  }

  /** False where there is none. */
  async remove(name: string): Promise<boolean> {
    const removal = list(body(), named(name)).writeEncoder(list(new Encoder()))
    return (await this.call(ALTER, removal, readRemoved)) as boolean
  }

  private async call(request: object, encoder: Encoder, read: (decoder: Decoder) => unknown): Promise<unknown> {
    const broker = await this.cluster.findControllerBroker()
    const encode = () => Promise.resolve(encoder.writeUVarInt(0))
    const decode = (payload: Buffer) => Promise.resolve({ found: read(answerOf(payload)) })
    const parse = ({ found }: { found: unknown }) => Promise.resolve(found)
    return broker.connectionPool.send({ request: { ...request, encode }, response: { decode, parse } })
  }
}

/** kafkajs writes the older header: the newer one of these calls only adds its tagged fields, here none. */
const body = (): Encoder => new Encoder().writeUVarInt(0)

const named = (name: string): Encoder => new Encoder().writeUVarIntString(name).writeInt8(SCRAM_SHA_512)

/** A compact array of at most one element, which ends in its tagged fields. */
function list(encoder: Encoder, element?: Encoder): Encoder {
  encoder.writeUVarInt(element ? 2 : 1)
  return element ? encoder.writeEncoder(element.writeUVarInt(0)) : encoder
}

/** Behind the header's tagged fields, and the time for which a client should wait. */
function answerOf(payload: Buffer): Decoder {
  const decoder = new Decoder(payload)
  decoder.readTaggedFields()
  decoder.readInt32()
  return decoder
}

function* elements(decoder: Decoder): Generator<Decoder> {
  const length = decoder.readUVarInt() - 1
  for (let i = 0; i < length; i++) {
    yield decoder
    decoder.readTaggedFields()
  }
}

/** Where Kafka says why in words, they name no password. */
function assertDone(decoder: Decoder): void {
  const code = codeIn(decoder)
  if (code !== 0) throw protocol.createErrorFromCode(code)
}

function codeIn(decoder: Decoder): number {
  const code = decoder.readInt16()
  decoder.readUVarIntString()
  return code
}

function readDescribed(decoder: Decoder): string[] {
  assertDone(decoder)
  const names: string[] = []
  for (const user of elements(decoder)) {
    names.push(user.readUVarIntString())
    assertDone(user)
    for (const credential of elements(user)) {
      credential.readInt8()
      credential.readInt32()
    }
  }
  return names
}

function readAltered(decoder: Decoder): void {
  for (const result of elements(decoder)) {
    result.readUVarIntString()
    assertDone(result)
  }
}

function readRemoved(decoder: Decoder): boolean {
  let isRemoved = true
  for (const result of elements(decoder)) {
    result.readUVarIntString()
    const code = codeIn(result)
    if (code !== 0 && code !== RESOURCE_NOT_FOUND) throw protocol.createErrorFromCode(code)
    isRemoved &&= code === 0
  }
  return isRemoved
}
