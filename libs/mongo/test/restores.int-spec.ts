import { randomUUID } from 'node:crypto'
import { HOUR_MS } from '@mpics/contracts/durations'
import {
  beginRestore,
  type Connection,
  connectMongo,
  endRestore,
  Restores,
  RestoreUnfinishedError,
} from '../src/index.js'

const restoredAt = new Date('2026-06-01T12:00:00Z')
const backupAt = new Date(restoredAt.getTime() - 5 * HOUR_MS)
const hearFrom = new Date(backupAt.getTime() - HOUR_MS)
const before = (hours: number) => new Date(restoredAt.getTime() - hours * HOUR_MS)

describe('a database that was restored', () => {
  let connection: Connection
  beforeAll(async () => {
    const uri = new URL(process.env['MONGODB_URI']!)
    uri.pathname = `/restores-${randomUUID().slice(0, 8)}`
    connection = await connectMongo(uri.href)
  })
  afterAll(async () => {
    await connection.dropDatabase()
    await connection.close()
  })
  afterEach(() => connection.db!.collection('_restores').deleteMany({}))

  const begun = async () => {
    const restores = new Restores(connection)
    await restores.onModuleInit()
    return restores
  }
  const restored = async () =>
    endRestore(connection, await beginRestore(connection, 'b1', restoredAt), {
      ...{ backupAt, hearFrom, restoredAt },
    })

  it('lets no service start while it holds a part of a backup', async () => {
    await beginRestore(connection, 'b1', restoredAt)
    await expect(begun()).rejects.toBeInstanceOf(RestoreUnfinishedError)
  })

  it('says which time is lost, and what is from before; one that never was restored says of nothing so', async () => {
    const never = await begun()
    await restored()
    const restores = await begun()
    const hours = [6, 5, 4, 0, -1]
    expect(hours.map((each) => restores.isLost(before(each)))).toEqual([false, false, true, true, false])
    expect(hours.map((each) => restores.isBefore(before(each)))).toEqual([true, true, true, true, false])
    expect([never.any, never.isLost(before(1)), never.isBefore(before(1))]).toEqual([false, false, false])
  })

  it('is heard again once, however many replicas start; the others wait for it', async () => {
    await restored()
    const replicas = await Promise.all(Array.from({ length: 4 }, begun))
    const rewound: Date[] = []
    let isDone = false
    const rewind = async (from: Date) => {
      rewound.push(from)
      await new Promise((resolve) => setTimeout(resolve, 300))
      isDone = true
    }
    const waited = await Promise.all(replicas.map((each) => each.afterRestore(rewind).then(() => isDone)))
    expect(rewound).toEqual([hearFrom])
    expect(waited).toEqual([true, true, true, true])
    await (await begun()).afterRestore(rewind)
    expect(rewound).toHaveLength(1)
  })
})
