import { problemKinds } from '@mpics/contracts'
import { filesOf, textOf } from './sources.js'

const REFUSAL = /readonly code(?:: string)? = '([^']+)'\s+readonly kind(?:: ErrorKind)? = '([^']+)'/g
const kinds: Readonly<Record<string, string>> = problemKinds

describe('refusals', () => {
  it('have the kind, and so the status, that the documents say', () => {
    const found = filesOf('{apps,libs}/*/src/**/*.ts').flatMap((path) => [...textOf(path).matchAll(REFUSAL)])
    const announced = found.filter(([, code]) => Object.hasOwn(kinds, code!))
    expect(announced.length).toBeGreaterThan(40)
    expect(announced.filter(([, code, kind]) => kinds[code!] !== kind).map(([text]) => text)).toEqual([])
  })
})
