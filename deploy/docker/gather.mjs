// node deploy/docker/gather.mjs APP FOLDER: copies what a built application runs with, and nothing else.
import { cpSync, existsSync, globSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

const NOT_RUN = /^(src|test|mjml|out-tsc|coverage|node_modules)$|^tsconfig.*\.json$|^jest\.config\.mjs$|\.md$/
const NOT_LOADED = /\.d\.ts$|\.map$|\.tsbuildinfo$|\/made-of\.json$/

const manifest = (folder) => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))

/** The application, and the libraries that its manifest and theirs name, each once. */
function projects(root, app) {
  const found = new Set([`apps/${app}`])
  for (const project of found)
    for (const name of Object.keys(manifest(join(root, project)).dependencies ?? {}))
      if (name.startsWith('@mpics/')) found.add(`libs/${basename(name)}`)
  return [...found]
}

/** Packages that built files name. Node loads none that no file names; a bundle repeats what its packages name. */
function packagesNamed(root, folders) {
  const files = folders.flatMap((folder) => globSync(join(root, folder, 'dist/**/*.js'), { exclude: ['**/bundle'] }))
  const text = files.map((file) => readFileSync(file, 'utf8')).join('\n')
  return Object.keys(manifest(root).dependencies).filter((name) => new RegExp(`['"\`]${name}['"\`/]`).test(text))
}

/** A package is found as Node finds it: beside whoever needs it, or further up. */
function locate(root, from, name) {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    const path = join(folder, 'node_modules', name)
    if (existsSync(join(root, path, 'package.json'))) return path
    if (folder === '') return undefined
  }
}

/** Packages with all that they need in turn; optional ones where they are installed, such as native code. */
function withDependencies(root, names) {
  const found = new Set(names.map((name) => locate(root, '', name)).filter(Boolean))
  for (const path of found) {
    const { peerDependenciesMeta = {}, ...needs } = manifest(join(root, path))
    const peers = Object.keys(needs.peerDependencies ?? {}).filter((name) => !peerDependenciesMeta[name]?.optional)
    for (const name of [...peers, ...Object.keys({ ...needs.dependencies, ...needs.optionalDependencies })]) {
      const needed = locate(root, `/${path}`, name)?.replace(/^\//, '')
      if (needed && !needed.includes('/@mpics/')) found.add(needed)
    }
  }
  return [...found]
}

/** Paths, relative to the workspace, of all that the image of an application holds. */
export function contents(root, app) {
  const folders = projects(root, app)
  return { folders, packages: withDependencies(root, packagesNamed(root, folders)) }
}

const copied = (root, project) => (source) => {
  const [first, ...rest] = source.slice(join(root, project).length + 1).split('/')
  return rest.length === 0 ? !NOT_RUN.test(first) : !NOT_LOADED.test(source)
}

export function gather(root, app, target) {
  const { folders, packages } = contents(root, app)
  for (const folder of folders)
    cpSync(join(root, folder), join(target, folder), { recursive: true, filter: copied(root, folder) })
  // what is nested in another package comes with it
  for (const path of packages.filter((path) => path.lastIndexOf('node_modules/') === 0))
    cpSync(join(root, path), join(target, path), { recursive: true })
  mkdirSync(join(target, 'node_modules/@mpics'), { recursive: true })
  for (const folder of folders.filter((folder) => folder.startsWith('libs/')))
    symlinkSync(`../../${folder}`, join(target, 'node_modules/@mpics', basename(folder)))
  cpSync(join(root, 'package.json'), join(target, 'package.json'))
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [app, target] = process.argv.slice(2)
  gather(resolve(import.meta.dirname, '../..'), app, target)
}
