import { spawn } from 'node:child_process'
import { join } from 'node:path'

/** From here on this process only passes signals on; the open channel tells the other side if this one is gone. */
export function handOver(root, node, args) {
  const child = spawn(node, ['--enable-source-maps', ...args], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, NODE_COMPILE_CACHE: join(root, '.cache/node') },
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  whenNpmIsGone(() => child.kill('SIGTERM'))
  child.once('exit', (code, signal) => {
    process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 1)
  })
}

/** A killed npm says nothing to its script: that this one has got another parent is the sign. */
function whenNpmIsGone(act) {
  const npm = process.env.npm_lifecycle_event && process.ppid
  if (!npm) return
  const watch = setInterval(() => {
    if (process.ppid === npm) return
    clearInterval(watch)
    act()
  }, 1000)
  watch.unref()
}
