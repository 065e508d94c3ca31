import { ConcurrentChangeError } from '@mpics/mongo'
import { NotFoundException } from '@nestjs/common'
import { domainErrorOf } from './domain-error-of.js'

const withStatus = (statusCode: number) => Object.assign(new Error('of Fastify'), { statusCode })

const named = (name: string) => Object.assign(new Error('of the driver'), { name })

describe('what a client is told of an error', () => {
  it.each([
    ['a missing route', new NotFoundException(), 'not-found'],
    ['a large body', withStatus(413), 'too-large'],
    ['a strange body', withStatus(415), 'unsupported-media-type'],
    ['a condition that is false', withStatus(412), 'precondition-failed'],
    ['an endless address', withStatus(414), 'address-too-long'],
    ['endless headers', withStatus(431), 'headers-too-large'],
    ['another client error', withStatus(400), 'body-malformed'],
    ['MongoDB being away', named('MongoServerSelectionError'), 'unavailable'],
    ['MongoDB cutting the line', named('MongoNetworkError'), 'unavailable'],
    ['a primary that steps down', Object.assign(named('MongoServerError'), { code: 189 }), 'unavailable'],
    ['a member that is only starting', Object.assign(named('MongoServerError'), { code: 94 }), 'unavailable'],
    ['MongoDB dying once more before the second try', named('MongoUnexpectedServerResponseError'), 'unavailable'],
    [
      'MongoDB cutting the line in a bulk write',
      Object.assign(named('MongoBulkWriteError'), { errorResponse: named('MongoNetworkError') }),
      'unavailable',
    ],
    ['a bad query', Object.assign(named('MongoServerError'), { code: 2 }), undefined],
    ['a misuse of mongoose', named('MongooseError'), undefined],
    ['a change that others were faster with', new ConcurrentChangeError('photos', '1', 2), 'changed-meanwhile'],
    ['a fault of ours', new TypeError('undefined is not a function'), undefined],
    ['a fault of a library with a status', withStatus(500), undefined],
    ['something thrown that is no error', 'text', undefined],
  ])('%s', (_, error, code) => {
    expect(domainErrorOf(error)?.code).toBe(code)
  })
})
