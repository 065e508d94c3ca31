import { spawn } from 'node:child_process'
import { join } from 'node:path'

/** From here on this process only passes signals on; the open channel tells the other side if this one is gone. */
export function handOver(root, node, args) {
  const child = spawn(node, ['--enable-source-maps', ...args], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, NODE_COMPILE_CACHE: join(root, '.cache/node') },
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.once('exit', (code, signal) => {
    process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 1)
  })
}
