import mongoose, { type mongo } from 'mongoose'
import { changeAtLeastOnce } from './change-at-least-once.js'

const { MongoNetworkError, MongoServerError } = mongoose.mongo
const wanted = {
  ...{ collection: 'sessions', filter: { _id: 'a' }, change: [] },
  ...({ sort: { _id: 1 }, projection: { _id: 1 } } as const),
}
const steppedDown = new MongoServerError({ message: 'stepping down', code: 189 })

function database(...failures: Error[]) {
  const command = jest.fn(async () => {
    const failure = failures.shift()
    if (failure) throw failure
    return { value: { _id: 'a' } }
  })
  return { db: { command } as unknown as mongo.Db, command }
}

describe('a change that may happen twice', () => {
  it.each([
    ['the connection broke', new MongoNetworkError('closed')],
    ['the primary stepped down', steppedDown],
  ])('is asked for once more where %s', async (_, error) => {
    const { db, command } = database(error)
    await expect(changeAtLeastOnce(db, wanted)).resolves.toEqual({ _id: 'a' })
    expect(command).toHaveBeenCalledTimes(2)
  })

  it('is asked for no third time', async () => {
    await expect(changeAtLeastOnce(database(steppedDown, steppedDown).db, wanted)).rejects.toBe(steppedDown)
  })
})
