import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { root } from '../environment/root.js'
import { textOf } from './sources.js'

const CODE = /```[\s\S]*?```|`[^`\n]*`/g
const LINK = /\]\(([^)\s]+)\)/g
const ELSEWHERE = /^([a-z]+:|\/)/

/** The links of a document that lead to no file of the workspace, or to no heading of it. */
export const deadLinks = (path: string): string[] => linksIn(textOf(path)).filter((link) => !leadsSomewhere(path, link))

export const linksIn = (text: string): string[] =>
  [...text.replace(CODE, '').matchAll(LINK)].map(([, link]) => link!).filter((link) => !ELSEWHERE.test(link))

/** Names of headings as GitHub makes them. */
export const anchorsIn = (text: string): string[] =>
  [...text.replace(/```[\s\S]*?```/g, '').matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .replace(/[^\p{L}\p{N}\- _]/gu, '')
      .replaceAll(' ', '-'),
  )

function leadsSomewhere(path: string, link: string): boolean {
  const [file, anchor] = link.split('#') as [string, string?]
  const target = file === '' ? path : join(dirname(path), file)
  if (!existsSync(join(root, target))) return false
  return anchor === undefined || !target.endsWith('.md') || anchorsIn(textOf(target)).includes(anchor)
}
