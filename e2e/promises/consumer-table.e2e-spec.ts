import 'reflect-metadata'
import * as contracts from '@mpics/contracts/catalogue'
import type { ReactionExtras } from '@mpics/eventing'
import { serviceNames } from '@mpics/tools/environment/system/services'
import type { DynamicModule } from '@nestjs/common'
import { MODULE_METADATA } from '@nestjs/common/constants.js'
import { PATTERN_EXTRAS_METADATA } from '@nestjs/microservices/constants.js'

type Class = new (...args: never[]) => object

const kebab = (name: string) => name.replace(/\B[A-Z]/g, (letter) => `-${letter}`).toLowerCase()

const reactionsOf = ({ prototype }: Class): ReactionExtras[] =>
  Object.getOwnPropertyNames(prototype).flatMap((name) => {
    const method = (prototype as Record<string, unknown>)[name]
    const extras = typeof method === 'function' && Reflect.getMetadata(PATTERN_EXTRAS_METADATA, method)
    return extras ? [extras as ReactionExtras] : []
  })

const stated = <T>(key: string, module: Class): T[] => (Reflect.getMetadata(key, module) ?? []) as T[]

/** Those of a module and of the modules that it imports, also of one that was made with options. */
function controllersBelow(module: Class | DynamicModule): Class[] {
  const isClass = typeof module === 'function'
  const { IMPORTS, CONTROLLERS } = MODULE_METADATA
  const imports = isClass ? stated<Class | DynamicModule>(IMPORTS, module) : (module.imports ?? [])
  const controllers = isClass ? stated<Class>(CONTROLLERS, module) : (module.controllers ?? [])
  return [...(controllers as Class[]), ...(imports as (Class | DynamicModule)[]).flatMap(controllersBelow)]
}

/** The handlers that the modules of the services offer: `service type reaction idempotence delivery`. */
async function handlers(): Promise<string[]> {
  const found: string[] = []
  for (const service of serviceNames) {
    const exported = (await import(`../../apps/${service}/src/${service}.module.js`)) as Record<string, Class>
    for (const controller of new Set(Object.values(exported).flatMap(controllersBelow)))
      for (const { eventing } of reactionsOf(controller)) {
        const { events, name, idempotence, delivery = 'shared' } = eventing
        for (const { type } of events) found.push([service, type, kebab(name), idempotence, delivery].join(' '))
      }
  }
  return found.sort()
}

describe('the table of consumers', () => {
  it('B14 says exactly who reacts to what: rights on the bus are made from it', async () => {
    const table = contracts.consumers.map((c) =>
      [c.service, c.event.type, c.reaction, c.idempotence, c.delivery].join(' '),
    )
    expect(await handlers()).toEqual(table.sort())
  })
})
