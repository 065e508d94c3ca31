import { runningInstance, serviceOf } from './running-instance.js'

describe('a running instance', () => {
  it('is of a version, and unlike any other', () => {
    const program = new URL('./start-telemetry.ts', import.meta.url).pathname
    const [one, other] = [runningInstance(program), runningInstance(program)]
    expect(one['service.version']).toMatch(/^\d+\.\d+\.\d+/)
    expect(one['service.version']).toBe(other['service.version'])
    expect(one['service.instance.id']).not.toBe(other['service.instance.id'])
  })

  it('is of the service that its private key names, also while the key is replaced', () => {
    const key = { kid: 'gateway', kty: 'EC' }
    expect([serviceOf(JSON.stringify(key)), serviceOf(JSON.stringify({ keys: [key, key] }))]).toEqual([
      'gateway',
      'gateway',
    ])
    expect([serviceOf(), serviceOf('no key')]).toEqual(['unknown', 'unknown'])
  })

  it('has no version where nothing tells it', () => {
    expect(runningInstance('/nowhere/main.js')['service.version']).toBe('unknown')
  })
})
