const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** Adds a name to the import from a module, or the import itself, in the order in which imports are kept. */
export function addImport(text: string, name: string, from: string): string {
  const found = new RegExp(`import \\{([^}]*)\\} from '${escaped(from)}'`).exec(text)
  if (!found) return addStatement(text, `import { ${name} } from '${from}'`)
  const names = found[1]!.split(',').flatMap((one) => one.trim() || [])
  if (names.includes(name)) return text
  const sorted = [...names, name].sort((a, b) => bare(a).localeCompare(bare(b), 'en'))
  return text.replace(found[0], () => `import { ${sorted.join(', ')} } from '${from}'`)
}

const bare = (name: string) => name.replace(/^type /, '')

/** Adds an import after the others. */
function addStatement(text: string, statement: string): string {
  const all = [...text.matchAll(/^import [^;]*? from '[^']+'\n/gm)]
  const end = all.length ? all.at(-1)!.index + all.at(-1)![0].length : 0
  return `${text.slice(0, end)}${statement}\n${text.slice(end)}`
}

const CLOSING: Record<string, string> = { '[': ']', '{': '}' }

/** Adds an entry to the list or object that begins with `opening`, whose last character is its bracket. */
export function addEntry(text: string, opening: string, entry: string): string {
  const end = endOf(text, only(text, opening) + opening.length, opening.at(-1)!)
  const before = text.slice(0, end).trimEnd()
  const comma = /[,[{]$/.test(before) ? '' : ','
  return `${before}${comma} ${entry}${text.slice(end)}`
}

function only(text: string, anchor: string): number {
  const at = text.indexOf(anchor)
  if (at < 0) throw new Error(`“${anchor}” is not there any more, so nothing can be added to it.`)
  if (text.includes(anchor, at + 1)) throw new Error(`“${anchor}” is there more than once.`)
  return at
}

function endOf(text: string, from: number, open: string): number {
  for (let i = from, depth = 1; i < text.length; i++) {
    if (text[i] === open) depth++
    else if (text[i] === CLOSING[open] && --depth === 0) return i
  }
  throw new Error(`what “${open}” begins has no end.`)
}

/** Adds a line after the last that matches. */
export function addLine(text: string, like: RegExp, line: (found: string) => string): string {
  const lines = text.split('\n')
  const at = lines.findLastIndex((one) => like.test(one))
  if (at < 0) throw new Error(`no line is like ${String(like)}, after which another one would go.`)
  return lines.toSpliced(at + 1, 0, line(lines[at]!)).join('\n')
}
