import * as contracts from '@mpics/contracts'
import type { ApiDefinition } from '@mpics/contracts'
import { isWrapped } from '@mpics/service-kit'
import { filesOf, isTest, textOf } from './sources.js'

type Definitions = Record<string, Record<string, ApiDefinition>>

/** The decorators of a class or of a handler. */
const DECORATORS = /^(?: *@\w+\(.*\)\n)+/gm
const ENDPOINT = /@Endpoint\((\w+)\.(\w+)\)/

const sources = filesOf('apps/*/src/**/*.ts').filter((path) => !isTest(path))

/** UseGuards, and decorators of ours that apply it. */
const guarding = new RegExp(
  `@(UseGuards|${sources
    .flatMap((path) => [...textOf(path).matchAll(/export const (\w+) = [^\n]*\bUseGuards\(/g)])
    .map(([, name]) => name)
    .join('|')})\\(`,
)

/** The calls of handlers that have guards of their own, or whose class has some. */
function guardedIn(text: string): string[] {
  const groups = [...text.matchAll(DECORATORS)].map(([decorators]) => decorators)
  const all = groups.some((group) => group.startsWith('@') && guarding.test(group))
  return groups
    .filter((group) => all || guarding.test(group))
    .flatMap((group) => ENDPOINT.exec(group)?.slice(1, 3).join('.') ?? [])
}

const definitionOf = (call: string): ApiDefinition => {
  const [namespace, name] = call.split('.') as [string, string]
  return (contracts as unknown as Definitions)[namespace]![name]!
}

describe('guards', () => {
  it('a handler with guards of its own is wrapped: they come before its input is taken', () => {
    const guarded = sources.flatMap((path) => guardedIn(textOf(path)))
    expect(guarded).toContain('identity.registerAccount')
    expect(guarded.filter((call) => !isWrapped(definitionOf(call)))).toEqual([])
  })

  it('are found at a handler and at its class', () => {
    const handler = '  @Endpoint(identity.logIn)\n  @UseGuards(AgeGate)\n  logIn() {}\n'
    const other = '  @Endpoint(identity.logOff)\n  logOff() {}\n'
    expect(guardedIn(`@Controller()\nclass X {\n${handler}\n${other}}`)).toEqual(['identity.logIn'])
    for (const guard of ['UseGuards(AgeGate)', 'MemberPages()'])
      expect(guardedIn(`@Controller()\n@${guard}\nclass X {\n${other}}`)).toEqual(['identity.logOff'])
  })
})
