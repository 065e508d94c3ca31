import { isAscii } from 'node:buffer'
import { execFileSync, spawnSync } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { nodeProgram, root } from '../root.js'
import { serviceNames } from './services.js'

/** Of identity and notifications: together they load all packages that we patch. */
const apps = ['identity', 'notifications'] as const
const PATCHED = ['buffer-crc32', 'kafkajs', 'mongodb', 'nodemailer']
/** They look for native code beside themselves. */
const OUTSIDE = ['@node-rs/argon2', '@node-rs/argon2-linux-x64-gnu', '@node-rs/argon2-linux-arm64-gnu']
const LOADED = `import { registerHooks } from 'node:module'
registerHooks({ load: (url, context, next) => (console.log(url), next(url, context)) })`

/** `getCanonicalLocales` needs no tables. */
const BUILT_IN = `for (const name of Object.getOwnPropertyNames(Intl).filter((name) => /^[A-Z]|^supported/.test(name)))
  Intl[name] = new Proxy(Intl[name], {
    apply: (target, self, asked) => (console.log('Intl.' + name), Reflect.apply(target, self, asked)),
    construct: (target, asked) => (console.log('Intl.' + name), Reflect.construct(target, asked)),
  })
process.on('exit', () => console.log(process.moduleLoadList.join('\\n')))`

interface Resolving {
  substituted: { setup(build: { onResolve(options: object, resolve: Resolve): void }): void }
}
type Resolve = (asked: { path: string; importer: string }) => { path?: string; errors?: object[] }

interface Preparing {
  saslprep: (password: string) => string
}

const bundleOf = (app: string) => join(root, 'apps', app, 'dist/bundle/main.js')
const sourcesOf = (app: string) =>
  (JSON.parse(readFileSync(`${bundleOf(app)}.map`, 'utf8')) as { sources: string[] }).sources
const read = (file: string) => readFileSync(join(root, file), 'utf8')
const packageOf = (path: string) => /^.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)

describe('a service as one file', () => {
  beforeAll(() => execFileSync(nodeProgram(), [join(root, 'tools/bin/bundle.mjs'), ...serviceNames]))

  it.each(apps)('holds all that %s loads but native code', (app) => {
    const preload = `data:text/javascript,${encodeURIComponent(LOADED)}`
    const { stdout, status } = spawnSync(nodeProgram(), ['--import', preload, bundleOf(app)], { env: {} })
    const loaded = stdout.toString().split('\n')
    const elsewhere = loaded.filter((url) => url.startsWith('file:') && !url.endsWith(`${app}/dist/bundle/main.js`))
    expect(elsewhere.filter((url) => !OUTSIDE.includes(packageOf(url)?.[1] ?? ''))).toEqual([])
    expect(status).toBe(78)
  })

  it.each(serviceNames)(
    'loads of %s neither the fetch of Node nor its tables of languages, nor a text of two bytes for each character',
    (app) => {
      const preload = `data:text/javascript,${encodeURIComponent(BUILT_IN)}`
      const { stdout } = spawnSync(nodeProgram(), ['--import', preload, bundleOf(app)], { env: {} })
      expect(stdout.toString()).toContain('NativeModule http\n')
      expect(stdout.toString()).not.toContain('internal/deps/undici')
      expect(stdout.toString()).not.toMatch(/^Intl\./m)
      expect(isAscii(readFileSync(bundleOf(app)))).toBe(true)
    },
  )

  it.each([
    ['identity', ['buffer-crc32', 'kafkajs', 'mongodb']],
    ['notifications', ['buffer-crc32', 'kafkajs', 'mongodb', 'nodemailer']],
  ])('holds packages that we patch once, in %s', (app, names) => {
    const found = sourcesOf(app).map(packageOf)
    const copies = new Map(found.flatMap((copy) => (PATCHED.includes(copy?.[1] ?? '') ? [[copy![0], copy![1]]] : [])))
    expect([...copies.values()].sort()).toEqual(names)
  })

  it('has of undici all that we and the proxy ask for', () => {
    const texts = globSync('{apps,libs}/*/dist/**/*.js', { cwd: root, exclude: ['**/bundle/**'] }).map(read)
    const ours = texts.flatMap((text) => [...text.matchAll(/\{ ([\w, ]+) \} (?:from|= await import\()\s*'undici'/g)])
    const proxy = [...read('node_modules/@fastify/reply-from/lib/request.js').matchAll(/\bundici\.([A-Za-z]\w+)/g)]
    const asked = new Set([...ours, ...proxy].flatMap(([, names]) => names!.split(', ')))
    expect([...asked]).toEqual(expect.arrayContaining(['buildConnector', 'Pool', 'getGlobalDispatcher']))
    const substitute = createRequire(import.meta.url)(join(root, 'tools/bin/substitutes/undici.cjs')) as object
    expect([...asked].filter((name) => !(name in substitute))).toEqual([])
  })

  it.each([
    ['mime-types', 'minio/dist/main/internal/helper.js'],
    ['@mongodb-js/saslprep', 'mongodb/lib/cmap/auth/scram.js'],
    ['whatwg-url', 'mongodb-connection-string-url/lib/index.js'],
  ])('takes a part of %s for whoever asks for no more, and is not made for others', async (path, knownImporter) => {
    const file = pathToFileURL(join(root, 'tools/bin/substituted.mjs')).href
    const { substituted } = (await import(file)) as Resolving
    const resolvers: Resolve[] = []
    substituted.setup({ onResolve: (_options, resolve) => resolvers.push(resolve) })
    const [resolve] = resolvers
    const known = resolve!({ path, importer: join(root, 'node_modules', knownImporter) })
    expect(known.path).toMatch(/substitutes.(mime-types|saslprep|whatwg-url)\.cjs$/)
    expect(resolve!({ path, importer: join(root, 'node_modules/another/index.js') }).errors).toHaveLength(1)
  })

  it('prepares passwords as the package does, whose tables it loads for none of printable ASCII', () => {
    const load = createRequire(join(root, 'tools/bin/bundle.mjs'))
    const { saslprep } = load('@mongodb-js/saslprep') as Preparing
    const { saslprep: ours } = load('./substitutes/saslprep.cjs') as Preparing
    const printable = String.fromCharCode(...Array.from({ length: 0x7f - 0x20 }, (_, n) => 0x20 + n))
    for (const password of ['', printable, 'I\u00adX', '\u2168', 'a\u00a0b'])
      expect(ours(password)).toBe(saslprep(password))
    for (const password of ['\u0007', '\u007f', '\u0627\u0031']) expect(() => ours(password)).toThrow()
  })

  it('brings of the contracts the calls that it serves and makes', () => {
    const found = sourcesOf('notifications').flatMap(
      (source) => /contracts\/src\/(.*calls)\.ts$/.exec(source)?.[1] ?? [],
    )
    expect(found).toEqual(
      expect.arrayContaining(['notifications/unsubscribe.calls', 'identity/account.internal-calls']),
    )
    expect(found.filter((calls) => calls === 'identity/passkey.calls')).toEqual([])
  })

  it('has short lines, whose places lead to sources', () => {
    const lines = readFileSync(bundleOf('identity'), 'utf8').split('\n')
    const long = lines.filter((line) => line.length > 1000).length
    expect(long / lines.length).toBeLessThan(0.01)
    const line = lines.findIndex((text) => text.includes('function zipStream('))
    const column = lines[line]!.indexOf('function zipStream(')
    const place = `at z (file:///app/apps/identity/dist/bundle/main.js:${line + 1}:${column + 1})\\n`
    const places = join(root, 'tools/bin/places.mjs')
    const source = 'apps/identity/src/exports/zip-stream.ts'
    const declared = readFileSync(join(root, source), 'utf8').split('\n')
    const at = declared.findIndex((text) => text.includes('function zipStream(')) + 1
    expect(execFileSync(nodeProgram(), [places], { input: `{"stack":"${place}"}` }).toString()).toMatch(
      new RegExp(`^{"stack":"at z \\(${source}:${at}:\\d+\\)\\\\n"}\n$`),
    )
  })
})
