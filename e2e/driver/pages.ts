import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '@mpics/tools/environment/root'

const NO_PAGES = ['/openapi.json', '/asyncapi.json', '/schemas/:file', '/schemas/guids/:guid', '/favicon.ico']

/** The routes of all pages, as the gateway's controllers have them: a new one is not forgotten. */
export function routesOfPages(folders = '{pages,docs}'): string[] {
  const files = globSync(`apps/gateway/src/${folders}/*.controller.ts`, { cwd: root })
  const routes = files.flatMap((file) => {
    const text = readFileSync(join(root, file), 'utf8')
    if (/@(Controller|Get)\([^')]/.test(text))
      throw new Error(`a route of ${file} is no literal, and would be forgotten`)
    const [, prefix = ''] = /@Controller\('([^']*)'\)/.exec(text) ?? []
    return [...text.matchAll(/@Get\((?:'([^']*)')?\)/g)].map(([, path = '']) => prefix + path)
  })
  return routes.filter((route) => !NO_PAGES.includes(route)).sort()
}
