import mongoose, { type mongo } from 'mongoose'
import { readFew, readOne } from './read-few.js'

const { MongoNetworkError, MongoServerError } = mongoose.mongo
const answer = (...firstBatch: object[]) => ({ cursor: { firstBatch, id: 0 } })

/** A database that answers each command with the next of these. */
function database(...answers: (Error | object)[]) {
  const command = jest.fn(async (_command: object) => {
    const next = answers.shift()
    if (next instanceof Error) throw next
    return next
  })
  return { db: { command } as unknown as mongo.Db, command }
}

const wanted = { collection: 'photos', filter: { _id: 'a' }, limit: 1 }
const steppedDown = new MongoServerError({ message: 'stepping down', code: 189 })

describe('a read of few documents', () => {
  it.each([
    ['the connection broke', new MongoNetworkError('closed')],
    ['the primary stepped down', steppedDown],
  ])('is made once more where %s', async (_, error) => {
    const { db, command } = database(error, answer({ _id: 'a' }))
    await expect(readOne(db, wanted)).resolves.toEqual({ _id: 'a' })
    expect(command).toHaveBeenCalledTimes(2)
  })

  it('is made only once more, and never after another error', async () => {
    await expect(readOne(database(steppedDown, steppedDown, answer()).db, wanted)).rejects.toBe(steppedDown)
    const refused = new MongoServerError({ message: 'no such operator', code: 2 })
    await expect(readOne(database(refused, answer()).db, wanted)).rejects.toBe(refused)
  })

  it('of no documents asks nobody, as MongoDB takes 0 for no limit', async () => {
    const { db, command } = database()
    await expect(readFew(db, { ...wanted, limit: 0 })).resolves.toEqual([])
    expect(command).not.toHaveBeenCalled()
  })
})
