import { join } from 'node:path'
import { root } from '../root.js'
import { launchOf } from './launch.js'

const built = join(root, 'apps/media/dist')

describe('how a service is started', () => {
  it('from one file, whose compiled code is kept', () => {
    const { args, env } = launchOf('media', { LOG_LEVEL: 'debug' })
    expect(args.at(-1)).toBe(join(built, 'bundle/main.js'))
    expect(env).toMatchObject({ LOG_LEVEL: 'debug', NODE_COMPILE_CACHE: join(built, 'bundle/compiled') })
  })

  it.each([
    ['a debugger', {}, 9233],
    ['a tracer', { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318' }, undefined],
    ['a preloaded program', { NODE_OPTIONS: '--import=file:///clock.mjs' }, undefined],
  ])('from its modules for %s, which looks for them', (_, env, inspector) => {
    const launch = launchOf('media', env, inspector)
    expect(launch.args.slice(-3)).toEqual(['--import', '@mpics/service-kit/telemetry', join(built, 'main.js')])
    expect(launch.env).not.toHaveProperty('NODE_COMPILE_CACHE')
  })
})
