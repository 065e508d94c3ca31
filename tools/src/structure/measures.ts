import ts from 'typescript'

/** Lengths in lines of the functions, methods and constructors of a source. A `describe` or `it` is no function of its own. */
export function functionLengths(path: string, text: string): number[] {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true)
  const lengths: number[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) && 'body' in node && node.body) lengths.push(linesOf(source, node))
    ts.forEachChild(node, visit)
  }
  visit(source)
  return lengths
}

function linesOf(source: ts.SourceFile, node: ts.Node): number {
  const line = (position: number) => source.getLineAndCharacterOfPosition(position).line
  return line(node.getEnd()) - line(node.getStart(source)) + 1
}

export function commentLines(text: string): number {
  const lines = text.split('\n').map((line) => line.trim())
  let inside = false
  return lines.filter((line) => {
    const begins = line.startsWith('/*')
    const counts = inside || begins || line.startsWith('//')
    inside = (inside || begins) && !line.includes('*/')
    return counts
  }).length
}

export const lineCount = (text: string): number => text.split('\n').length - 1

/** The value that the given share of them does not exceed. */
export function quantile(numbers: readonly number[], share: number): number {
  const sorted = numbers.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}
