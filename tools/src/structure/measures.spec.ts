import { commentLines, functionLengths, lineCount, quantile } from './measures.js'
import { filesOf, isTest, textOf } from './sources.js'

const written = filesOf('{apps,libs,tools,e2e}/**/*.ts').filter((path) => !path.endsWith('.generated.ts'))
const all = written.map((path) => ({ path, text: textOf(path) }))
const sources = all.filter(({ path }) => !isTest(path) && !path.includes('/test/'))

describe('measures of the sources', () => {
  it('files are short: a median of 45 lines, nine of ten within 160, none over 400', () => {
    const lengths = all.map(({ text }) => lineCount(text))
    expect(quantile(lengths, 0.5)).toBeLessThanOrEqual(45)
    expect(quantile(lengths, 0.9)).toBeLessThanOrEqual(160)
    expect(all.filter(({ text }) => lineCount(text) > 400).map(({ path }) => path)).toEqual([])
  })

  it('functions are short: at most two of a thousand are longer than 40 lines', () => {
    const functions = sources.flatMap(({ path, text }) => functionLengths(path, text).map((lines) => ({ path, lines })))
    const long = functions.filter(({ lines }) => lines > 40)
    expect(long.length > functions.length * 0.002 ? long : []).toEqual([])
  })

  it('comments are at most 6 of 100 lines', () => {
    const sum = (measure: (text: string) => number) => sources.reduce((total, { text }) => total + measure(text), 0)
    expect(sum(commentLines) / sum(lineCount)).toBeLessThanOrEqual(0.06)
  })
})

describe('the measuring itself', () => {
  it('finds long functions, and comments of each form', () => {
    const text = `/** One. */\nfunction f() {\n${'  g()\n'.repeat(50)}}\n// two\n/*\nthree\n*/\nconst a = 1 // no line of its own\n`
    expect(functionLengths('x.ts', text)).toEqual([52])
    expect(commentLines(text)).toBe(5)
  })
})
