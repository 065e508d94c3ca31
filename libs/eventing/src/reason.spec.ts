import mongoose from 'mongoose'
import { DuplicateKeyError } from '@mpics/mongo'
import { PermanentError } from './errors.js'
import { reasonOf } from './reason.js'

const { MongoServerError } = mongoose.mongo

function thrown(work: () => unknown): unknown {
  try {
    return work()
  } catch (error) {
    return error
  }
}

describe('the reason of a failure', () => {
  it.each<[unknown, string]>([
    [new PermanentError('no such dish, tell jane@example.org'), 'no such dish, tell …'],
    [new DuplicateKeyError('accounts', 'handle'), 'accounts: a document with the same handle exists'],
    [
      new MongoServerError({ message: 'E11000 duplicate key error dup key: { phone: "+49 30 1" }', code: 11_000 }),
      'MongoServerError 11000',
    ],
    [thrown(() => JSON.parse('{"name": Jane}')), 'SyntaxError'],
    ['Jane', 'string'],
  ])('is our own words, or the name and code of what may quote a person: %p', (error, reason) => {
    expect(reasonOf(error)).toBe(reason)
  })
})
