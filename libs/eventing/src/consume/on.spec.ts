import 'reflect-metadata'
import type { Envelope } from '@mpics/contracts'
import { PATTERN_EXTRAS_METADATA, PATTERN_METADATA } from '@nestjs/microservices/constants.js'
import { Registry } from 'prom-client'
import { counted, told } from '../../test/model/facts.js'
import { EventingOptions } from '../eventing-options.js'
import { EventServer } from './event-server.js'
import { On, OnBatch } from './on.js'

type Rest = ConstructorParameters<typeof EventServer> extends [unknown, ...infer R] ? R : never

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

  it('to several facts hears each as what it is', () => {
    class Note {
      @On([told, counted], { idempotence: 'natural' })
      async handle(_: Envelope<typeof told>): Promise<void> {}
    }
    const [patterns, extras] = [PATTERN_METADATA, PATTERN_EXTRAS_METADATA].map(
      (key) => Reflect.getMetadata(key, Reflect.get(Note.prototype, 'handle')) as object,
    ) as [string[], Record<string, unknown>]
    const options = new EventingOptions({ service: 'media', brokers: [], registry: new Registry() })
    const server = new EventServer(options, ...([{}, {}, {}, {}] as unknown as Rest))
    for (const pattern of patterns) server.addHandler(pattern, jest.fn(), true, extras)
    const heard = server.handlers.map(({ event, name }) => [event.type, name])
    expect(heard).toEqual([
      [told.type, 'Note'],
      [counted.type, 'Note'],
    ])
  })
})
