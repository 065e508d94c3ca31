import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../environment/root.js'
import { serviceNames } from '../environment/system/services.js'
import { inspectorPorts, namedServices } from './inspectors.js'

interface Configuration {
  name: string
  request: 'attach' | 'launch'
  port?: number
  args?: string[]
}

describe('npm run dev', () => {
  it('takes services by name, and tells what exists otherwise', () => {
    expect(namedServices(['media', 'identity', 'media'])).toEqual(['identity', 'media'])
    expect(() => namedServices(['idendity'])).toThrow(/no service idendity.*gateway, identity/)
    expect(() => namedServices([])).toThrow(/Name the services/)
  })

  it('has a debugger configuration for each service, and one for a test file', () => {
    const { configurations } = JSON.parse(readFileSync(join(root, '.vscode/launch.json'), 'utf8')) as {
      configurations: Configuration[]
    }
    for (const name of serviceNames)
      expect(configurations.find((one) => one.name.includes(`npm run dev -- ${name})`))).toMatchObject({
        request: 'attach',
        port: inspectorPorts[name],
      })
    expect(configurations.find(({ request }) => request === 'launch')!.args).toContain('${file}')
  })
})
