import 'reflect-metadata'
import * as contracts from '@mpics/contracts/catalogue'
import type { ReactionExtras } from '@mpics/eventing'
import { serviceNames } from '@mpics/tools/environment/system/services'
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

/** A service's module and the modules that it imports; those of libs are made when a service starts, and hear nothing. */
const modulesBelow = (module: Class): Class[] => {
  const imported = (Reflect.getMetadata(MODULE_METADATA.IMPORTS, module) ?? []) as (Class | object)[]
  return [module, ...imported.filter((one): one is Class => typeof one === 'function').flatMap(modulesBelow)]
}

/** The handlers that the modules of the services offer: `service type reaction idempotence delivery`. */
async function handlers(): Promise<string[]> {
  const found: string[] = []
  for (const service of serviceNames) {
    const exported = (await import(`../../apps/${service}/src/${service}.module.js`)) as Record<string, Class>
    for (const module of new Set(Object.values(exported).flatMap(modulesBelow)))
      for (const controller of (Reflect.getMetadata(MODULE_METADATA.CONTROLLERS, module) ?? []) as Class[])
        for (const { eventing } of reactionsOf(controller)) {
          const { event, name, idempotence, delivery = 'shared' } = eventing
          found.push([service, event.type, kebab(name), idempotence, delivery].join(' '))
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
