import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, existsSync, globSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { root } from '../environment/root.js'

interface LockedPackage {
  dev?: true
  optional?: true
  devOptional?: true
}

interface Contents {
  folders: string[]
  packages: string[]
}

interface Gather {
  contents: (root: string, app: string) => Contents
  gather: (root: string, app: string, target: string) => void
}

// Plain JavaScript without types: an image is made before anything of ours is built but the application.
const gatherer = () => import(join(root, 'deploy/docker/gather.mjs')) as Promise<Gather>
const OF_TOOLS = ['jest', 'listr2', 'maildev', 'nx', 'playwright-core', 'supertest', 'typescript']
const apps = readdirSync(join(root, 'apps'))
const read = (path: string) => readFileSync(join(root, path), 'utf8')

describe('the images', () => {
  it.each([
    ['media', '@img/sharp-linux-x64'],
    ['media', '@img/sharp-libvips-linux-x64'],
    ['identity', '@node-rs/argon2-linux-x64-gnu'],
  ])('of %s keeps %s, native code that it loads', async (app, name) => {
    expect((await gatherer()).contents(root, app).packages).toContain(`node_modules/${name}`)
    const omitted = [...read('deploy/docker/Dockerfile').matchAll(/--omit=(\w+)/g)].map(([, kind]) => kind)
    const { packages } = JSON.parse(read('package-lock.json')) as { packages: Record<string, LockedPackage> }
    const { dev, optional, devOptional } = packages[`node_modules/${name}`]!
    const kinds = [dev && 'dev', optional && 'optional', devOptional && 'dev', devOptional && 'optional']
    expect(kinds.filter((kind) => kind && omitted.includes(kind))).toEqual([])
  })

  it.each(apps)('of %s holds nothing of another application, of the tools or of the tests', async (app) => {
    const { folders, packages } = (await gatherer()).contents(root, app)
    expect(folders.filter((folder) => !folder.startsWith('libs/'))).toEqual([`apps/${app}`])
    expect(folders).not.toContain('libs/testing')
    expect(packages.filter((path) => OF_TOOLS.includes(path.replace('node_modules/', '')))).toEqual([])
    expect(packages.includes('node_modules/commander')).toBe(app === 'mpics')
  })

  it('run with what they hold', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'mpics-image-'))
    try {
      const { gather } = await gatherer()
      gather(root, 'mpics', folder)
      expect(
        execFileSync(process.execPath, [join(folder, 'apps/mpics/dist/main.js'), 'rights', 'list'], {
          cwd: folder,
        }).toString(),
      ).toContain('principal')
      expect(['tools', 'e2e', 'apps/mpics/src'].filter((path) => existsSync(join(folder, path)))).toEqual([])
      expect(read('deploy/docker/Dockerfile')).toContain('ENTRYPOINT ["node", "apps/mpics/dist/main.js"]')
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  it('start a service from one file, and from its modules where a tracer or a preloaded program looks for them', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'mpics-image-'))
    const startOf = (env: object) => {
      const PATH = `${dirname(process.execPath)}:/usr/bin:/bin`
      const { status, stderr } = spawnSync('sh', ['run.sh'], { cwd: folder, env: { APP: 'media', PATH, ...env } })
      return { status, said: stderr.toString() }
    }
    const unconfigured = { status: 78, said: expect.stringContaining('MONGODB_URI is not set') as string }
    const built = join(folder, 'apps/media/dist')
    try {
      execFileSync(process.execPath, [join(root, 'tools/bin/bundle.mjs'), 'media'])
      ;(await gatherer()).gather(root, 'media', folder)
      cpSync(join(root, 'deploy/docker/run.sh'), join(folder, 'run.sh'))
      renameSync(join(built, 'main.js'), join(built, 'modules.js'))
      expect(startOf({})).toEqual(unconfigured)
      renameSync(join(built, 'modules.js'), join(built, 'main.js'))
      rmSync(join(built, 'bundle'), { recursive: true })
      expect(startOf({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318' })).toEqual(unconfigured)
      expect(startOf({ NODE_OPTIONS: '--import=data:text/javascript,' })).toEqual(unconfigured)
      expect(read('deploy/docker/Dockerfile')).toMatch(/^CMD \["sh", "run.sh"\]$/m)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  // only root may run something as another user
  const itAsRoot = process.getuid?.() === 0 ? it : it.skip
  itAsRoot('find code compiled for the user that they run as', () => {
    const recipe = read('deploy/docker/Dockerfile')
    const user = Number(/^USER (\d+):\1\n(?=EXPOSE)/m.exec(recipe)![1])
    expect(read('deploy/k8s/components/hardened/pod.yaml')).toContain(`runAsUser: ${user},`)
    const [, as] = /node tools\/bin\/bundle\.mjs (\S+) \$\{APP\}$/m.exec(recipe)!
    execFileSync(process.execPath, [join(root, 'tools/bin/bundle.mjs'), as!, 'media'])
    const env = { APP: 'media', PATH: dirname(process.execPath), NODE_DEBUG_NATIVE: 'COMPILE_CACHE' }
    const run = join(root, 'deploy/docker/run.sh')
    const { stderr } = spawnSync('/bin/sh', [run], { cwd: root, uid: user, gid: user, env })
    expect(stderr.toString()).toMatch(/apps\/media\/dist\/bundle\/main\.js was accepted/)
  })

  it('are made of a base image whose digest must be given, and install packages before they take sources', () => {
    const stages = read('deploy/docker/Dockerfile')
      .split(/^(?=FROM )/m)
      .slice(1)
    const outside = stages.map((stage) => /^FROM (\S+)/.exec(stage)![1]!).filter((name) => name !== 'base')
    expect(outside).toEqual(['node:24-bookworm-slim@${NODE_DIGEST}'])
    expect(read('deploy/docker/Dockerfile')).toMatch(/^ARG NODE_DIGEST$/m)
    const [installing] = stages.filter((stage) => stage.includes('npm ci'))
    const before = installing!.slice(0, installing!.indexOf('npm ci'))
    expect([...before.matchAll(/^COPY .*/gm)].map(([line]) => line)).toEqual(['COPY --from=manifests /app ./'])
  })

  it('install with the manifests alone', () => {
    const folder = mkdtempSync(join(tmpdir(), 'mpics-manifests-'))
    try {
      const manifests = globSync(
        ['package.json', 'package-lock.json', '.npmrc', '{apps,libs}/*/package.json', '{e2e,tools}/package.json'],
        { cwd: root },
      )
      for (const file of manifests) cpSync(join(root, file), join(folder, file), { recursive: true })
      execFileSync('npm', ['ci', '--dry-run', '--ignore-scripts'], { cwd: folder })
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  it('give media the memory that its configuration lets a decoder have', () => {
    const [, limit] = /limits: { memory: (\d+)Mi }/.exec(read('deploy/k8s/base/media/deployment.yaml'))!
    const [, decoder] = /MEDIA_DECODER_MEMORY_MB: count\((\d+),/.exec(read('apps/media/src/config.ts'))!
    const [, quick] = /memoryMb: (\d+)/.exec(read('apps/media/src/decoding/decoder-pool.ts'))!
    const [, processes] = /MEDIA_DECODER_PROCESSES=(\d+)/.exec(read('deploy/k8s/base/kustomization.yaml'))!
    const [, service] = /limits: { memory: (\d+)Mi }/.exec(read('deploy/k8s/base/identity/deployment.yaml'))!
    const decoders = Number(processes) * (Number(decoder) + Number(quick))
    expect(Number(limit)).toBeGreaterThanOrEqual(decoders + Number(service))
  })
})
