import type { Summary } from '../measuring/measure.js'
import { eventually } from '@mpics/testing/eventually'
import type { Place } from '../orders/place.js'
import { Role } from './role.js'

interface Saving {
  place: Place
  name: string
  documents: number
  leaseMs?: number
}

const startAndFill = (file: string) => async (settings: Saving) => {
  const role = await Role.start(file, settings)
  await role.ask('fill')
  return role
}

/** Starts what a measurement is made of. */
export const roles = {
  producing: startAndFill('../roles/producing-service'),
  consuming: (place: Place, handler: 'projection' | number) =>
    Role.start('../roles/consuming-service', { place, handler }),
  bare: (place: Place) => Role.start('../references/bare-kafkajs', { place }),
  keeping: startAndFill('../references/floor/order-keeper'),
  showing: (place: Place) => Role.start('../references/floor/order-shower', { place }),
  nest: (place: Place, handler: number, partitions: number) =>
    Role.start('../references/nest-kafka-server', { place, handler, partitions }),
}

export interface HandledSummary extends Summary {
  slowest: number
}

export async function untilHandled(consumer: Role, count: number): Promise<HandledSummary> {
  await eventually(`${count} handled events`, async () => (await consumer.ask<number>('count')) >= count, 300_000)
  return consumer.ask('report')
}

export const stopAll = async (all: readonly Role[]): Promise<void> => {
  await Promise.all(all.map((role) => role.stop()))
}
