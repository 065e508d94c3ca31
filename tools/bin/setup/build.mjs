import { readdirSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { runQuietly } from './run-quietly.mjs'

/** Incremental: a second call with nothing changed takes about a second and says nothing. */
export async function build(root, node) {
  const projects = [...readdirSync(join(root, 'apps')).map((name) => join('apps', name)), 'tools']
    .map((folder) => join(folder, 'tsconfig.build.json'))
    .filter((project) => existsSync(join(root, project)))
  const first = !existsSync(join(root, 'tools/dist/start'))
  await runQuietly(first ? 'Building' : null, node, ['node_modules/typescript/bin/tsc', '-b', ...projects], {
    cwd: root,
    env: { ...process.env, NODE_COMPILE_CACHE: join(root, '.cache/node') },
  })
}
