import { join } from 'node:path'
import type { ProcessOptions } from '../processes/supervised.js'
import { nodeProgram, root } from '../root.js'
import type { Service } from './services.js'

/** Heaps are small, so young generations may be too: a third less memory for a percent of speed. */
export const NODE_FLAGS = ['--max-semi-space-size=8', '--max-old-space-size=320']
/** Node allocates nearly all on one thread; glibc would keep memory for each that ever did. */
const MEMORY = { MALLOC_ARENA_MAX: '1' }

/** A service as its image starts it, from one file; or from its modules, where a debugger, a tracer or a preloaded program looks for them. */
export function launchOf(
  name: Service,
  env: NodeJS.ProcessEnv,
  inspector?: number,
): Pick<ProcessOptions, 'program' | 'args' | 'env'> {
  const built = join(root, 'apps', name, 'dist')
  const inspect = inspector === undefined ? [] : ['--enable-source-maps', `--inspect=127.0.0.1:${inspector}`]
  const isWhole = inspector === undefined && !env['OTEL_EXPORTER_OTLP_ENDPOINT'] && !env['NODE_OPTIONS']
  const args = isWhole
    ? [join(built, 'bundle/main.js')]
    : [...inspect, '--import', '@mpics/service-kit/telemetry', join(built, 'main.js')]
  return {
    program: nodeProgram(),
    args: [...NODE_FLAGS, ...args],
    env: { ...MEMORY, ...(isWhole && { NODE_COMPILE_CACHE: join(built, 'bundle/compiled') }), ...env },
  }
}
