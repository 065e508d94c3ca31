import { holdings } from '@mpics/service-kit'
import { filesOf, isTest, textOf } from './sources.js'
import { loggedMembers, spanAttributes } from './telemetry.js'

const sources = filesOf('{apps,libs}/*/src/**/*.ts').filter((path) => !isTest(path))
const statedIn = (place: string) => Object.keys(holdings.find((each) => each.place === place)!.fields)

function found(place: string, namesIn: (path: string, text: string) => string[]) {
  const stated = new Set(statedIn(place))
  const named = sources.flatMap((path) => namesIn(path, textOf(path)).map((name) => ({ name, path })))
  return { named, unstated: named.filter(({ name }) => !stated.has(name)) }
}

describe('what services tell those who run them', () => {
  it('B03.1 has no member of a log line that nobody stated', () => {
    const { named, unstated } = found('logs', loggedMembers)
    expect(named.length).toBeGreaterThan(60)
    expect(unstated).toEqual([])
  })

  it('B03.1 has no attribute of a trace that nobody stated', () => {
    const { named, unstated } = found('trace attributes', spanAttributes)
    expect(named.map(({ name }) => name)).toEqual(expect.arrayContaining(['http.route', 'mail.id', 'event.type']))
    expect(unstated).toEqual([])
  })

  it('B03.1 makes metrics in two places alone, whose types know every label', () => {
    const makes = /import \{[^}]*\b(Counter|Gauge|Histogram|Summary)\b[^}]*\} from 'prom-client'/
    const makers = sources.filter((path) => makes.test(textOf(path).replaceAll(/import type [^\n]*/g, '')))
    expect(makers).toEqual(['libs/eventing/src/metrics.ts', 'libs/service-kit/src/operators/metrics.ts'])
  })

  it('finds members wherever a source writes them out', () => {
    const text = `
      this.logger.warn({ err, attempt: 1, ...(reason && { reason }), ...more }, 'words')
      run().catch((e) => new Logger('x').error({ 'quoted': e }))
      this.log.log('words', { last })
      this.store.log({ other })
      span.setAttribute('a.b', 1)`
    expect(loggedMembers('x.ts', text)).toEqual(['err', 'attempt', 'reason', 'quoted', 'last'])
    expect(spanAttributes('x.ts', text)).toEqual(['a.b'])
  })
})
