import mongoose, { type mongo } from 'mongoose'
import type { Session } from './mongo-connection.js'
import { updateEach } from './update-each.js'

const { MongoNetworkError } = mongoose.mongo

/** A database that answers each command with the next of these. */
function database(...answers: (Error | object)[]) {
  const command = jest.fn(async (_command: { updates: object[]; writeConcern?: object }, _options?: object) => {
    const next = answers.shift()
    if (next instanceof Error) throw next
    return next
  })
  return { db: { command } as unknown as mongo.Db, command }
}

const update = { filter: { _id: 'a', sequence: { $lt: 2 } }, update: { $set: { sequence: 2 } } }
const broken = new MongoNetworkError('closed')

describe('small updates', () => {
  it('go a thousand to a command, which waits for a majority, and tell how many documents they found', async () => {
    const { db, command } = database({ n: 900 }, { n: 7 })
    await expect(updateEach(db, 'photos', new Array(1_010).fill(update))).resolves.toBe(907)
    expect(command.mock.calls.map(([{ updates, writeConcern }]) => [updates.length, writeConcern])).toEqual([
      [1_000, expect.objectContaining({ w: 'majority' })],
      [10, expect.objectContaining({ w: 'majority' })],
    ])
  })

  it.each([10_334, 'ERR_OUT_OF_RANGE'])('go as two commands where one is too large: %s', async (code) => {
    const tooLarge = Object.assign(new Error('too large'), { code })
    const { db, command } = database(tooLarge, { n: 2 }, { n: 1 })
    await expect(updateEach(db, 'photos', [update, update, update])).resolves.toBe(3)
    expect(command.mock.calls.map(([{ updates }]) => updates.length)).toEqual([3, 2, 1])
    await expect(updateEach(database(tooLarge).db, 'photos', [update])).rejects.toBe(tooLarge)
    await expect(updateEach(database(tooLarge).db, 'photos', [update, update], {} as Session)).rejects.toBe(tooLarge)
  })

  it('are made once more where the connection broke, but not in a transaction, which leaves that to its commit', async () => {
    await expect(updateEach(database(broken, { n: 1 }).db, 'photos', [update])).resolves.toBe(1)
    const { db, command } = database(broken, { n: 1 })
    await expect(updateEach(db, 'photos', [update], {} as Session)).rejects.toBe(broken)
    expect(command.mock.calls[0]![0]).not.toHaveProperty('writeConcern')
  })
})
