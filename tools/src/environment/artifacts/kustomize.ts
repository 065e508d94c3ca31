import { join } from 'node:path'
import { cacheFolder } from '../cache-folder.js'
import { run } from '../run.js'
import type { Artifact } from './artifact.js'
import { cached } from './cache.js'
import { GO } from './requirements.js'

const MODULE = 'sigs.k8s.io/kustomize/kustomize/v5'
const VERSION = 'v5.7.1'
const SUM = 'h1:sYJsarwy/SDJfjjLMUqwFDGPwzUtMOQ1i1Ed49+XSbw='

const kustomizeArtifact: Artifact = {
  name: 'kustomize',
  version: VERSION.slice(1),
  requires: [GO],
  mend: 'Check the connection to the Go module proxy and try again, or install kubectl 1.27 or newer, which has it built in.',
  async obtain(folder) {
    await run('go', ['install', '-ldflags', '-s -w', `${MODULE}@${VERSION}`], {
      cwd: folder,
      env: { ...process.env, GOBIN: folder },
    })
  },
  async confirm(folder) {
    const built = await run('go', ['version', '-m', 'kustomize'], { cwd: folder })
    return built.includes(`mod\t${MODULE}\t${VERSION}\t${SUM}`)
  },
}

/** Builds an overlay: with the kubectl of this machine, where it is new enough to know components, or with a kustomize of ours. */
export async function buildOverlay(folder: string): Promise<string> {
  if (await hasKubectl()) return run('kubectl', ['kustomize', folder])
  const program = join(await cached(kustomizeArtifact, cacheFolder(), () => undefined), 'kustomize')
  return run(program, ['build', folder])
}

const hasKubectl = async (): Promise<boolean> =>
  /"kustomizeVersion": "v[5-9]/.test(await run('kubectl', ['version', '--client', '-o', 'json']).catch(() => ''))
