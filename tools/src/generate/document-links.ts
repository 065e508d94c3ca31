import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

const LINK = /\]\(([^)\s]+)\)/g
const ELSEWHERE = /^([a-z]+:|\/)/
const GENERATED = /(^|\/)(node_modules|dist|out-tsc|coverage|\.[a-z]+)(\/|$)/

/** Every document of the workspace, by its path. */
export const documents = (root: string): string[] =>
  globSync('**/*.md', { cwd: root, exclude: (path) => GENERATED.test(path) }).sort()

/** Links of a document to a file or a heading of ours that is not there. */
export function brokenLinks(root: string, document: string): string[] {
  const links = [...proseOf(join(root, document)).matchAll(LINK)].map(([, link]) => link!)
  return links
    .filter((link) => !ELSEWHERE.test(link) && !leadsSomewhere(root, document, link))
    .map((link) => `${document} links to ${link}, which is not there`)
}

function leadsSomewhere(root: string, document: string, link: string): boolean {
  const [path, heading] = link.split('#') as [string, string?]
  const file = path ? join(root, dirname(document), decodeURI(path)) : join(root, document)
  return existsSync(file) && (!heading || !file.endsWith('.md') || anchors(file).includes(heading))
}

const proseOf = (file: string): string => readFileSync(file, 'utf8').replace(/^```[\s\S]*?^```/gm, '')

/** As GitHub makes them of headings. */
const anchors = (file: string): string[] =>
  [...proseOf(file).matchAll(/^#+ (.*)$/gm)].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  )
