import { randomBytes, randomUUID } from 'node:crypto'
import { closeMongo, connectMongo } from '@mpics/mongo'
import type { Service } from '../../../environment/system/services.js'
import type { System } from '../../../environment/system/system.js'

type Found = Record<string, unknown> & { _id: string }

/** Copies a photo, its owner's profile and its count so often, past the API: so many people would take minutes to register. */
export async function clonesIn(system: System, photoId: string, count: number) {
  const ids = Array.from({ length: count }, () => ({ profile: randomUUID(), photo: randomUUID() }))
  const handles = ids.map((_, n) => `clone_${n}`)
  const tally = { epoch: 1, followers: 0, following: 0 }
  await clone(
    system,
    'media',
    'photos',
    photoId,
    ids.map(({ photo, profile }) => ({ _id: photo, ownerId: profile })),
  )
  await clone(
    system,
    'profiles',
    'profiles',
    undefined,
    ids.map(({ profile }, n) => ({ _id: profile, handle: handles[n], handleKey: handles[n], tally })),
  )
  const pages = ids.flatMap(({ photo, profile }) => [`/photos/${photo}`, `/profiles/${profile}`])
  const counted = { total: 7, unique: 3, registers: Buffer.alloc(0), offsets: {}, asOf: new Date(), version: 1 }
  await insert(
    system,
    'analytics',
    'pages',
    pages.map((_id) => ({ _id, ...counted })),
  )
  return { handles, photoIds: ids.map(({ photo }) => photo) }
}

/** Copies an account so often; each has another handle and address, and its password. */
export async function clonedAccounts(system: System, accountId: string, count: number): Promise<string[]> {
  const handles = Array.from({ length: count }, () => `clone_${randomBytes(6).toString('hex')}`)
  const differing = handles.map((handle) => {
    const email = `${handle}@example.org`
    return { _id: randomUUID(), handle, handleKey: handle, email, emailKey: email, _outbox: [] }
  })
  await clone(system, 'identity', 'accounts', accountId, differing)
  return handles
}

async function clone(system: System, service: Service, name: string, id: string | undefined, differing: object[]) {
  await withCollection(system, service, name, async (collection) => {
    const original = await collection.findOne(id ? { _id: id } : {})
    await collection.insertMany(differing.map((own) => ({ ...original, ...own }) as Found))
  })
}

export const insert = (system: System, service: Service, name: string, documents: Found[]) =>
  withCollection(system, service, name, async (collection) => void (await collection.insertMany(documents)))

async function withCollection(
  system: System,
  service: Service,
  name: string,
  work: (collection: import('mongoose').mongo.Collection<Found>) => Promise<void>,
): Promise<void> {
  const { connection, close } = await databaseOf(system, service)
  try {
    await work(connection.db!.collection<Found>(name))
  } finally {
    await close()
  }
}

/** The caller closes it. */
export async function databaseOf({ services }: System, service: Service) {
  const connection = await connectMongo(services[service].env['MONGODB_URI']!, { poolSize: 1 })
  return { connection, close: () => closeMongo(connection) }
}
