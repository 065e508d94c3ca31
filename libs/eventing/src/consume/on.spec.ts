import 'reflect-metadata'
import { PATTERN_EXTRAS_METADATA } from '@nestjs/microservices/constants.js'
import { counted, told } from '../../test/model/facts.js'
import { On, OnBatch } from './on.js'

describe('a reaction', () => {
  it('does not compile without saying how a second delivery does no harm', () => {
    class Careless {
      // @ts-expect-error idempotence is missing
      @On(told, {})
      one(): Promise<void> {
        return Promise.resolve()
      }

      // @ts-expect-error many at a time are not remembered one by one
      @OnBatch(counted, { idempotence: 'once' })
      many(): Promise<void> {
        return Promise.resolve()
      }
    }
    const extras = Reflect.getMetadata(PATTERN_EXTRAS_METADATA, Reflect.get(Careless.prototype, 'one')) as object
    expect(extras).toMatchObject({ eventing: { name: 'Careless' } })
  })
})
