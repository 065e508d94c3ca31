// node tools/bin/places.mjs < LOG: writes a log again, in which places in a bundle are places in sources. Bundles of that release must be built.
import { existsSync, readFileSync } from 'node:fs'
import { SourceMap } from 'node:module'
import { dirname, join, relative, resolve } from 'node:path'
import { createInterface } from 'node:readline'

const root = resolve(import.meta.dirname, '../..')
const PLACE = /(?:file:\/\/)?[\w./-]*\b(apps\/\w+\/dist\/bundle\/main\.js):(\d+):(\d+)/g

const maps = new Map()
function mapOf(bundle) {
  const file = join(root, `${bundle}.map`)
  if (!maps.has(bundle) && existsSync(file)) maps.set(bundle, new SourceMap(JSON.parse(readFileSync(file, 'utf8'))))
  return maps.get(bundle)
}

function sourceOf(place, bundle, line, column) {
  const { fileName, lineNumber, columnNumber } = mapOf(bundle)?.findOrigin(Number(line), Number(column)) ?? {}
  if (fileName === undefined) return place
  return `${relative(root, resolve(root, dirname(bundle), fileName))}:${lineNumber}:${columnNumber}`
}

for await (const line of createInterface({ input: process.stdin })) console.log(line.replace(PLACE, sourceOf))
