import type { Envelope } from '@mpics/contracts'
import { type BatchedEvent, EventConsumer, On, OnBatch } from '../src/index.js'
import { EventingHarness, eventually } from './setup/eventing-harness.js'
import { orderPlaced, ticketPrinted, ticketPrintedSomewhere } from './setup/sample-catalogue.js'

const hung: string[] = []

@EventConsumer()
class HangTicket {
  @On(ticketPrintedSomewhere, { idempotence: 'natural' })
  async handle({ type, data }: Envelope<typeof ticketPrintedSomewhere>): Promise<void> {
    hung.push(`${type} ${data.n} ${data.printer}`)
  }
}

@EventConsumer()
class HangTickets {
  @OnBatch(ticketPrintedSomewhere, { idempotence: 'natural' })
  async handle(events: BatchedEvent<typeof ticketPrintedSomewhere>[]): Promise<void> {
    for (const { envelope } of events) hung.push(`${envelope.type} ${envelope.data.n} ${envelope.data.printer}`)
  }
}

@EventConsumer()
class HangOldTicket {
  @On(ticketPrinted, { idempotence: 'natural' })
  async handle({ data }: Envelope<typeof ticketPrinted>): Promise<void> {
    hung.push(`old ${data.n}`)
  }
}

describe('versions of an event', () => {
  let harness: EventingHarness

  beforeEach(async () => {
    hung.length = 0
    harness = await EventingHarness.open()
  })
  afterEach(() => harness.close())

  const print = async () => {
    await harness.writer.event(ticketPrinted.of({ ticketId: 'a', n: 1 }))
    await harness.writer.event(ticketPrintedSomewhere.of({ ticketId: 'a', n: 2, printer: 'second' }))
    await harness.writer.event({ ...orderPlaced.of({ orderId: 'a', n: 3 }), type: 'kitchen.ticket.printed.v3' })
  }
  const letters = () => harness.deadLetters.list()

  it.each([
    ['one by one', HangTicket],
    ['many at a time', HangTickets],
  ])(
    'are read, old ones too, as the one that a consumer knows; a later one ends in the dead letters: %s',
    async (_, how) => {
      await print()
      await harness.replica([how])
      await eventually(() => hung.length === 2)
      expect(hung).toEqual(['kitchen.ticket.printed.v1 1 first', 'kitchen.ticket.printed.v2 2 second'])
      const [letter] = await eventually(async () => (await letters()).length > 0 && (await letters()))
      expect(letter!.reason).toBe('kitchen.ticket.printed.v3 is a version that this consumer does not know')
    },
  )

  it('go each to the reactions to it, where a service has some to both', async () => {
    await print()
    await harness.replica([HangTicket, HangOldTicket])
    await eventually(() => hung.length === 2)
    await eventually(async () => (await letters()).length === 2)
    expect(hung).toEqual(['old 1', 'kitchen.ticket.printed.v2 2 second'])
  })
})
