// node tools/bin/bundle.mjs APP …: joins a built service and its packages into one file, `dist/bundle/main.js`, unless it is there already.
import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  globSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { alone } from './setup/lock.mjs'

const root = resolve(import.meta.dirname, '../..')
/** What a bundle depends on beside its sources. */
const RECIPE = ['tools/bin/bundle.mjs', 'package-lock.json']
/** Packages look for their native code beside themselves. */
const NATIVE = /^(sharp|@node-rs\/argon2)$/
/** EX_CONFIG */
const NO_CONFIGURATION = 78
/** Packages in CommonJS find what Node gives them. */
const COMMON_JS = `import{createRequire as requireFrom}from'node:module';const require=requireFrom(import.meta.url),__filename=import.meta.filename,__dirname=import.meta.dirname;`

const builtOf = (app) => `apps/${app}/dist/main.js`
const bundleOf = (app) => join(root, 'apps', app, 'dist/bundle/main.js')

/** What changes while it is read is known by no stamp. */
function stamp(file, before = Infinity) {
  const { mtimeMs, size } = statSync(join(root, file), { throwIfNoEntry: false }) ?? {}
  return mtimeMs < before ? `${mtimeMs} ${size}` : null
}

/** A bundle begins with what it was made of. */
function isCurrent(file) {
  if (!existsSync(file)) return false
  const [made] = readFileSync(file, 'latin1').split('\n', 1)
  const known = Object.entries(JSON.parse(made.slice(2)))
  return known.every(([input, is]) => is !== null && stamp(input) === is)
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

const NAMING = '__name=(target,value)=>__defProp(target,"name",{value,configurable:!0})'

/** Mongoose, errors and reactions go by the names of classes. Functions made while the service runs are not named again each time. */
function withNamedClasses(text) {
  if (!text.includes(NAMING)) throw new Error('esbuild names classes in another way')
  return text
    .replace(NAMING, `__name=target=>target,${NAMING.replace('__name', '__nameClass')}`)
    .replaceAll('static{__name(this,', 'static{__nameClass(this,')
}

/** Whoever starts at the same time finds the former file or this one, whole. */
function put(file, content) {
  const own = `${file}.${process.pid}`
  writeFileSync(own, content)
  renameSync(own, file)
}

/** Node keeps what it compiles, for each later start: a service without configuration loads all of its code, and ends. */
function compile(file) {
  const cache = join(dirname(file), 'compiled')
  const { status, stderr } = spawnSync(process.execPath, ['--expose-gc', file], { env: { NODE_COMPILE_CACHE: cache } })
  if (status !== NO_CONFIGURATION) {
    rmSync(file)
    throw new Error(`${file} cannot be loaded: ${stderr}`)
  }
  // Node lets only its own user read them
  for (const file of globSync(join(cache, '*/*'))) chmodSync(file, 0o644)
}

/** Files that an application is made of, by way of what they import; packages change with the lock file alone. */
function sourcesOf(entry, inputs) {
  const found = new Set([entry])
  for (const file of found)
    for (const { path, external } of inputs[file].imports)
      if (!external && !path.includes('node_modules/')) found.add(path)
  return [...found]
}

async function bundle(apps) {
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
    // a text of ASCII takes a byte for each character
    charset: 'ascii',
    minifyWhitespace: true,
    minifySyntax: true,
    keepNames: true,
    legalComments: 'none',
    banner: { js: COMMON_JS },
    plugins: [leftOut],
  })
  for (const app of apps) {
    const file = bundleOf(app)
    const sources = [...RECIPE, ...sourcesOf(builtOf(app), metafile.inputs)]
    const made = Object.fromEntries(sources.map((source) => [source, stamp(source, began)]))
    const { text } = outputFiles.find(({ path }) => path === file)
    mkdirSync(dirname(file), { recursive: true })
    put(file, `//${JSON.stringify(made)}\n${withNamedClasses(text)}`)
    compile(file)
  }
}

await alone(join(root, '.cache/bundle.lock'), async () => {
  const stale = process.argv.slice(2).filter((app) => !isCurrent(bundleOf(app)))
  if (stale.length > 0) await bundle(stale)
})
