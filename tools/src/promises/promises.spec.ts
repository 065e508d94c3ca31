import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from '../environment/root.js'
import { complaint } from './compare.js'
import { keepRun, lastRun } from './last-run.js'
import { promisesIn, readPromises } from './promises.js'
import { linesNamedIn, shownIn, type ReportedFile, type Shown } from './shown-lines.js'
import { statusDocument } from './status-document.js'

const TEXT = `- B01 "explore" · anyone can page
  - B01.1 photos
  - B01.2 photographers
- B02 "visiting" · links
  - B02.1 header`

const report = (...tests: [title: string, status: string][]): ReportedFile[] => [
  { name: '/w/a.spec.ts', assertionResults: tests.map(([fullName, status]) => ({ fullName, status })) },
]
const statusesOf = (...tests: [string, string][]) =>
  [...statusDocument(promisesIn(TEXT), shownIn('/w', report(...tests))).matchAll(/^\| B\d\d \| .*? \| (.*?) \|/gm)].map(
    ([, status]) => status,
  )

describe('what a run shows of the promises', () => {
  it('is counted by the lines that tests name and pass', () => {
    expect(statusesOf(['B01.1 B01.2 pages', 'passed'], ['of B02.1 links', 'passed'])).toEqual(['full', 'full'])
    expect(statusesOf(['B01.1 pages', 'passed'], ['B02 has to do with links', 'passed'])).toEqual(['partly', 'not yet'])
  })

  it('is nothing where a test was left out, or where one of several failed', () => {
    expect(statusesOf(['B01.1 pages', 'pending'], ['B02.1 links', 'passed'])).toEqual(['not yet', 'full'])
    expect(statusesOf(['B02.1 links', 'failed'], ['B02.1 links again', 'passed'])).toEqual(['not yet', 'not yet'])
  })
})

describe('the committed status', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mpics-promises-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  mkdirSync(join(folder, 'docs'))
  writeFileSync(join(folder, 'docs/promises.md'), TEXT)
  const shown = shownIn('/w', report(['B01.1 pages', 'passed']))

  it('is refused where a run showed something else, with the way to accept it', async () => {
    await keepRun(folder, { endedAt: '', shown })
    const text = statusDocument(promisesIn(TEXT), (await lastRun(folder)).shown)
    writeFileSync(join(folder, 'docs/promises-status.md'), text)
    expect(await complaint(folder, shown)).toBeUndefined()
    expect(await complaint(folder, [])).toMatch(/B01 partly → not yet.\n.*npm run generate -- promises/)
    expect(await complaint(folder, [{ line: 'B01.9', file: '', passed: true }])).toMatch(/B01\.9/)
  })

  it('cannot be written before there was a whole run', async () => {
    await expect(lastRun(tmpdir())).rejects.toThrow('Run npm test to its end first.')
  })
})

describe('the lines of docs/promises.md', () => {
  it('are all that titles of tests name, and each promise has some', async () => {
    const promises = await readPromises(root)
    expect(promises.map(({ id }) => id)).toEqual(promises.map((_, i) => `B${String(i + 1).padStart(2, '0')}`))
    for (const { id, lines } of promises) expect(lines).toEqual(lines.map((_, i) => `${id}.${i + 1}`))
    const named = namedByTests()
    expect(named.length).toBeGreaterThan(50)
    // else a whole run would come to its end before it finds the status to be of yesterday
    expect(await complaint(root, named)).toBeUndefined()
  })
})

/** What a run shows in which each test is green. */
function namedByTests(): Shown[] {
  const files = globSync('{apps,libs,e2e,tools}/**/*.{spec,int-spec,e2e-spec}.ts', {
    cwd: root,
    exclude: (path) => /node_modules|dist|out-tsc|src\/promises/.test(path),
  })
  return files.flatMap((file) =>
    [...new Set(linesNamedIn(readFileSync(join(root, file), 'utf8')))].map((line) => ({ line, file, passed: true })),
  )
}
