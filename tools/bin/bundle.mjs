// node tools/bin/bundle.mjs [--as=UID] APP …: joins a built service and its packages into one file, `dist/bundle/main.js`, unless it is there already.
// Whoever runs it as another user names that user.
import { spawnSync } from 'node:child_process'
import { hash } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  existsSync,
  globSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { inAscii } from './in-ascii.mjs'
import { alone } from './setup/lock.mjs'
import { substituted } from './substituted.mjs'

const root = resolve(import.meta.dirname, '../..')
/** What a bundle depends on beside its sources: how it is made, which packages there are, and what each of ours exports. */
const INGREDIENTS = ['tools/bin/substitutes/*', '{apps,libs}/*/package.json']
const RECIPE = [
  'tools/bin/bundle.mjs',
  'tools/bin/in-ascii.mjs',
  'tools/bin/substituted.mjs',
  'package-lock.json',
  ...globSync(INGREDIENTS, { cwd: root }),
]
/** Packages look for their native code beside themselves. */
const NATIVE = /^(sharp|@node-rs\/argon2)$/
/** What it is called in the record: it knows the syntax of a bundle, and the code that it compiled. */
const NODE = 'node'
/** Loading a service takes two seconds on a slow machine. */
const LOAD_TIMEOUT_MS = 120_000
/** EX_CONFIG */
const NO_CONFIGURATION = 78
/** Packages in CommonJS find what Node gives them. */
const COMMON_JS = `import{createRequire as requireFrom}from'node:module';const require=requireFrom(import.meta.url),__filename=import.meta.filename,__dirname=import.meta.dirname,__Name=(target,value)=>Object.defineProperty(target,'name',{value,configurable:true});`

const builtOf = (app) => `apps/${app}/dist/main.js`
const folderOf = (app) => join(root, 'apps', app, 'dist/bundle')
const bundleOf = (app) => join(folderOf(app), 'main.js')
const compiledOf = (app) => join(folderOf(app), 'compiled')
const recordOf = (app) => join(folderOf(app), 'made-of.json')

const contents = new Map()
function contentOf(file) {
  if (!contents.has(file)) contents.set(file, hash('sha256', readFileSync(join(root, file))))
  return contents.get(file)
}

/** What changes while it is read is known by no stamp. */
function stamp(file, before = Infinity) {
  const { mtimeMs = Infinity } = statSync(join(root, file), { throwIfNoEntry: false }) ?? {}
  return mtimeMs < before ? contentOf(file) : null
}

function isCurrent(app) {
  if (!existsSync(bundleOf(app)) || !existsSync(recordOf(app))) return false
  const { [NODE]: node, ...known } = JSON.parse(readFileSync(recordOf(app), 'utf8'))
  return node === process.version && Object.entries(known).every(([input, is]) => is !== null && stamp(input) === is)
}

/** Nest imports packages only where they are wanted, and finds then whether they are installed. */
const leftOut = {
  name: 'left out',
  setup(build) {
    build.onResolve({ filter: NATIVE }, () => ({ external: true }))
    build.onResolve({ filter: /^[^./]/ }, async ({ path, pluginData, ...from }) => {
      if (pluginData === leftOut || from.kind !== 'dynamic-import') return undefined
      const { errors } = await build.resolve(path, { ...from, pluginData: leftOut })
      return errors.length > 0 ? { path, external: true } : undefined
    })
  },
}

const FORMAT = 'const dateTimeFormatter = new Intl.DateTimeFormat('
const LAZY_FORMAT =
  'const dateTimeFormatter = ((...asked) => ({ format: (time) => new Intl.DateTimeFormat(...asked).format(time) }))('

/** Nest's loggers, of which we use none, format times: for that Node loads 8 MB of ICU. */
const unformatted = {
  name: 'unformatted',
  setup(build) {
    build.onLoad({ filter: /@nestjs[\\/]common[\\/]services[\\/](console-)?logger\.service\.js$/ }, ({ path }) => {
      const text = readFileSync(path, 'utf8')
      if (!text.includes(FORMAT)) throw new Error(`${path} formats times in another way`)
      return { contents: text.replace(FORMAT, LAZY_FORMAT), loader: 'js' }
    })
  },
}

const REQUIRE = 'createRequire(import.meta.url)('

/** What our code requires is joined, too: a package that it patches must be the one that others in the file use. */
const withRequired = (text) => text.replaceAll(REQUIRE, `${'require'.padEnd(REQUIRE.length - 1)}(`)

const CONTRACTS = globSync('libs/contracts/dist/*/index.js', { cwd: root })
const namespaces = new Map(CONTRACTS.map((file) => [basename(dirname(file)), join(root, file)]))
const OF_CONTRACTS = /^import \{ ([\w, ]+) \} from '@mpics\/contracts';$/gm

/** esbuild keeps all of a namespace that is imported by its name, and what is used of one that is imported as such: the calls that a service serves or makes. */
const withOwnContracts = (text) =>
  text.replace(OF_CONTRACTS, (_, names) => {
    const all = names.split(', ')
    const others = all.filter((name) => !namespaces.has(name))
    const whole = all
      .filter((name) => namespaces.has(name))
      .map((name) => `import * as ${name} from '${namespaces.get(name)}';`)
    return [...whole, others.length > 0 ? `import { ${others.join(', ')} } from '@mpics/contracts';` : ''].join('')
  })

const ofOurs = {
  name: 'of ours',
  setup(build) {
    build.onLoad({ filter: /[\\/](apps|libs)[\\/][^\\/]+[\\/]dist[\\/].*\.js$/ }, ({ path }) => ({
      contents: withOwnContracts(withRequired(readFileSync(path, 'utf8'))),
      loader: 'js',
    }))
  },
}

const NAMING = '__name=(target,value)=>__defProp(target,"name",{value,configurable:!0})'

/**
 * Mongoose, errors and reactions go by the names of classes. Functions made while the service runs are not named again each time.
 * Each text takes the room of the former, or the source map would be wrong.
 */
function withNamedClasses(text) {
  if (!text.includes(NAMING)) throw new Error('esbuild names classes in another way')
  return text
    .replace(NAMING, '__name=target=>target'.padEnd(NAMING.length))
    .replaceAll('static{__name(this,', 'static{__Name(this,')
}

/** Whoever starts at the same time finds the former file or this one, whole. */
function put(file, content) {
  const own = `${file}.${process.pid}`
  writeFileSync(own, content)
  renameSync(own, file)
}

/** Node keeps what it compiles for each user: a service without configuration loads all of its code, and ends. */
function compile(app, user) {
  const [file, cache] = [bundleOf(app), compiledOf(app)]
  const own = `${cache}.${process.pid}`
  rmSync(own, { recursive: true, force: true })
  mkdirSync(own)
  try {
    if (user !== undefined) chownSync(own, user, user)
    const as = { uid: user, gid: user, env: { NODE_COMPILE_CACHE: own }, timeout: LOAD_TIMEOUT_MS }
    const { status, stderr, error } = spawnSync(process.execPath, [file], as)
    if (status === NO_CONFIGURATION) return moveInto(cache, own)
    rmSync(file)
    throw new Error(`${file} cannot be loaded: ${error ?? stderr}`)
  } finally {
    rmSync(own, { recursive: true, force: true })
  }
}

/** A service that starts or ends meanwhile reads and writes whole files. */
function moveInto(cache, own) {
  for (const folder of readdirSync(own)) {
    mkdirSync(join(cache, folder), { recursive: true })
    for (const file of readdirSync(join(own, folder))) {
      // Node lets only its own user read them
      chmodSync(join(own, folder, file), 0o644)
      renameSync(join(own, folder, file), join(cache, folder, file))
    }
  }
}

/** Node ends the folder's name with the user. */
const isCompiled = (app, user = process.getuid()) => globSync(`*-${user}`, { cwd: compiledOf(app) }).length > 0

/** Files that an application is made of, by way of what they import; packages change with the lock file alone. */
function sourcesOf(entry, inputs) {
  const found = new Set([entry])
  for (const file of found)
    for (const { path, external } of inputs[file].imports)
      if (!external && !path.includes('node_modules/')) found.add(path)
  return [...found]
}

async function bundle(apps, user) {
  const began = Date.now()
  const { build } = await import('esbuild')
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    entryPoints: apps.map((app) => ({ in: builtOf(app), out: `${app}/dist/bundle/main` })),
    outdir: 'apps',
    bundle: true,
    write: false,
    metafile: true,
    platform: 'node',
    format: 'esm',
    target: `node${process.versions.node}`,
    // as Node itself resolves
    conditions: [],
    mainFields: ['main'],
    charset: 'ascii',
    minifyWhitespace: true,
    minifySyntax: true,
    // Node prints the line of an error that nobody catches
    lineLimit: 200,
    sourcemap: 'external',
    sourcesContent: false,
    keepNames: true,
    legalComments: 'none',
    banner: { js: COMMON_JS },
    plugins: [substituted, leftOut, unformatted, ofOurs],
  })
  const textOf = (file) => outputFiles.find(({ path }) => path === file).text
  for (const app of apps) {
    const file = bundleOf(app)
    const sources = [...RECIPE, ...sourcesOf(builtOf(app), metafile.inputs)]
    const stamps = Object.fromEntries(sources.map((source) => [source, stamp(source, began)]))
    mkdirSync(dirname(file), { recursive: true })
    rmSync(recordOf(app), { force: true })
    rmSync(compiledOf(app), { recursive: true, force: true, maxRetries: 5 })
    put(`${file}.map`, textOf(`${file}.map`))
    put(file, inAscii(withNamedClasses(textOf(file))))
    compile(app, user)
    put(recordOf(app), JSON.stringify({ [NODE]: process.version, ...stamps }))
  }
}

const { values, positionals: apps } = parseArgs({ allowPositionals: true, options: { as: { type: 'string' } } })
const user = values.as === undefined ? undefined : Number(values.as)

await alone(join(root, '.cache/bundle.lock'), async () => {
  const stale = apps.filter((app) => !isCurrent(app))
  if (stale.length > 0) await bundle(stale, user)
  for (const app of apps) if (!isCompiled(app, user)) compile(app, user)
})
