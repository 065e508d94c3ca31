import { internalApis, topics, topicsOf } from '../catalogue.js'
import * as everything from '../index.js'
import * as http from '../http.js'
import * as events from '../events.js'
import { type ApiDefinition, callersOf, type ServiceName, serviceNames, services } from '../index.js'

const allowed = ({ access }: ApiDefinition) => (access as { services: readonly ServiceName[] }).services

describe('the list of services', () => {
  it('has a namespace for each in each entry', () => {
    for (const entry of [everything, events, http])
      expect(Object.keys(entry)).toEqual(expect.arrayContaining([...serviceNames]))
  })

  it('has each port once', () => {
    const ports = Object.values(services).flatMap(({ ports }) => Object.values(ports))
    expect(new Set(ports).size).toBe(ports.length)
  })

  it.each(serviceNames)(
    '%s: its internal calls are open to its callers, and to each of them there is one',
    (service) => {
      const called = internalApis.filter((api) => api.service === service)
      const callers = [...new Set(called.flatMap(allowed))].filter((name) => name !== 'gateway')
      expect(callers.sort()).toEqual(
        callersOf(service)
          .filter((name) => name !== 'gateway')
          .sort(),
      )
    },
  )

  it('has a publisher for each topic', () => {
    expect(new Set(serviceNames.flatMap(topicsOf))).toEqual(new Set(topics))
  })
})
