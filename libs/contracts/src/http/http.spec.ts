import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import ts from 'typescript'
import { httpCallsModule } from '../catalogue.js'
import type { CallAnswer, CallRequest } from './call.js'
import { identity, media } from '../http.js'

const MAX_COMPRESSED_BYTES = 5_000
const source = join(__dirname, '..')
const options = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2024 }

function loadedBy(entry: string) {
  const [code, packages, open] = [new Map<string, string>(), new Set<string>(), [join(source, entry)]]
  for (let file = open.pop(); file; file = open.pop()) {
    const { outputText } = ts.transpileModule(readFileSync(file, 'utf8'), { compilerOptions: options })
    code.set(file, outputText)
    for (const { fileName } of ts.preProcessFile(outputText).importedFiles) {
      const next = join(dirname(file), fileName.replace(/\.js$/, '.ts'))
      if (!fileName.startsWith('.') || !existsSync(next)) packages.add(fileName)
      else if (!code.has(next)) open.push(next)
    }
  }
  return { packages: [...packages], compressed: gzipSync([...code.values()].join('\n')).length }
}

describe('the entry for browsers', () => {
  it('loads no foreign package and few bytes', () => {
    const { packages, compressed } = loadedBy('http.ts')
    expect(packages).toEqual([])
    expect(compressed).toBeLessThan(MAX_COMPRESSED_BYTES)
    expect(loadedBy('index.ts').packages).toContain('zod')
  })

  it('has the calls as they are defined', () => {
    // another text: `npm run generate` writes it anew
    expect(readFileSync(join(__dirname, 'calls.generated.ts'), 'utf8')).toBe(httpCallsModule())
  })

  it('carries the types of the definitions', () => {
    const request: CallRequest<typeof identity.changeConsent> = {
      params: { purpose: 'email-news' },
      body: { granted: true, noticeVersion: '2015-03-14' },
    }
    // @ts-expect-error: a call that has parameters needs them
    const incomplete: CallRequest<typeof media.getPhoto> = {}
    const everything: CallRequest<typeof identity.listSessions> = {}
    const answer: CallAnswer<typeof media.uploadPhoto> = { id: 'x', status: 'processing' }
    const nothing: CallAnswer<typeof identity.logOff> = undefined
    expect([request, incomplete, everything, answer, nothing]).toHaveLength(5)
  })
})
