import os from 'node:os'
import mongoose, { type Connection, type ConnectOptions } from 'mongoose'
import { sealCursors } from './cursor-seals.js'
import type { CursorSecrets } from './cursor.js'
import './quiet-pool.js'

export interface MongoOptions {
  /** Most connections to each server. */
  poolSize?: number
  /** Milliseconds for which an operation waits for a server. */
  selectionTimeoutMs?: number
  socketTimeoutMs?: number
  appName?: string
  /** The first seals the cursors of lists, each opens them: all replicas of a service need the same. */
  cursorSecrets?: CursorSecrets
  /** Authorities and this client's certificate, for a URI that wants TLS and names no files itself. */
  certificates?: Certificates
}

interface Certificates {
  ca: string[]
  cert: string
  key: string
}

const setsTrue = (uri: string, name: string): boolean => new RegExp(`[?&]${name}=true(&|$)`, 'i').test(uri)
const UNCHECKED = ['tlsInsecure', 'tlsAllowInvalidCertificates', 'tlsAllowInvalidHostnames']

/** True if a URI leads to MongoDB over TLS, and to the server that its certificate names. */
export function isEncryptedUri(uri: unknown): boolean {
  const text = String(uri)
  const isOn = ['tls', 'ssl'].some((name) => setsTrue(text, name))
  const isStandard = text.startsWith('mongodb+srv:') && !/[?&](tls|ssl)=/i.test(text)
  return (isOn || isStandard) && !UNCHECKED.some((name) => setsTrue(text, name))
}

function certificatesFor(uri: string, given?: Certificates): Partial<Certificates> {
  if (!given || !isEncryptedUri(uri)) return {}
  const { ca, ...own } = given
  return {
    ...(!/[?&]tlsCAFile=/i.test(uri) && { ca }),
    ...(!/[?&]tlsCertificateKeyFile=/i.test(uri) && own),
  }
}

/** Names the hosts and never the credentials. */
export class MongoUnavailableError extends Error {
  constructor(uri: string, cause: unknown) {
    super(
      `MongoDB at ${hostsOf(uri)} does not answer: is it running, and does MONGODB_URI name it? (${reasonOf(uri, cause)})`,
    )
    this.name = 'MongoUnavailableError'
  }
}

export const hostsOf = (uri: string): string =>
  /^mongodb(?:\+srv)?:\/\/(?:[^@/]*@)?([^/?]*)/.exec(uri)?.[1] ?? 'an unreadable address'

function reasonOf(uri: string, cause: unknown): string {
  const credentials = /\/\/([^@/]*)@/.exec(uri)?.[1]
  const reason = cause instanceof Error ? cause.message : String(cause)
  return credentials ? reason.replaceAll(credentials, '…') : reason
}

function driverOptions(uri: string, options: MongoOptions): ConnectOptions {
  return {
    maxPoolSize: options.poolSize ?? 16,
    serverSelectionTimeoutMS: options.selectionTimeoutMs ?? 5_000,
    connectTimeoutMS: 5_000,
    socketTimeoutMS: options.socketTimeoutMs ?? 20_000,
    waitQueueTimeoutMS: 10_000,
    retryWrites: true,
    writeConcern: { w: 'majority', wtimeoutMS: 10_000 },
    autoIndex: false,
    bufferCommands: false,
    // the driver would import it dynamically, which Jest's modules cannot
    runtimeAdapters: { os },
    ...(options.appName && { appName: options.appName }),
    ...certificatesFor(uri, options.certificates),
  }
}

/** Connects with durable writes (majority), one retry of each write, and time-outs on everything. */
export async function connectMongo(uri: string, options: MongoOptions = {}): Promise<Connection> {
  const connection = mongoose.createConnection()
  sealCursors(connection, options.cursorSecrets)
  try {
    return await connection.openUri(uri, driverOptions(uri, options))
  } catch (error) {
    await connection.close().catch(() => undefined)
    throw new MongoUnavailableError(uri, error)
  }
}

/** Resolves when the primary answers within `timeoutMs`. */
export async function pingMongo(connection: Connection, timeoutMs = 2_000): Promise<void> {
  if (!connection.db) throw new Error('not connected to MongoDB')
  await connection.db.command({ ping: 1 }, { timeoutMS: timeoutMs })
}

const lastTasks = new WeakMap<Connection, (() => Promise<void>)[]>()

/** Registers work that needs the connection while the application stops, such as emptying an outbox. */
export function beforeClose(connection: Connection, task: () => Promise<void>): void {
  const tasks = lastTasks.get(connection) ?? []
  lastTasks.set(connection, [...tasks, task])
}

export async function closeMongo(connection: Connection): Promise<void> {
  await Promise.allSettled((lastTasks.get(connection) ?? []).map((task) => task()))
  lastTasks.delete(connection)
  await connection.close()
}
