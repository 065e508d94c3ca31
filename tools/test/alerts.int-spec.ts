import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { serviceNames } from '@mpics/contracts'
import { Connection } from '@mpics/mongo'
import { root } from '../src/environment/root.js'
import { run } from '../src/environment/run.js'
import { databaseUri } from '../src/environment/system/environment.js'
import { Decoder, Pictures, startPart } from './secured/studio.js'

const folder = join(root, 'deploy/prometheus')
const found = (pattern: RegExp, text: string) => [...new Set([...text.matchAll(pattern)].map(([, name]) => name!))]
const rulesOf = (group: string) => readFileSync(join(folder, `${group}.rules.yaml`), 'utf8')

describe.each(['events', 'services'])('the alerts on the %s', (group) => {
  const rules = rulesOf(group)
  const alerts = found(/- alert: (\w+)/g, rules)

  it('are rules that Prometheus takes, fire when they should, and only then', async () => {
    await run('promtool', ['check', 'rules', `${group}.rules.yaml`], { cwd: folder })
    await run('promtool', ['test', 'rules', `${group}.rules.test.yaml`], { cwd: folder })
    const tests = readFileSync(join(folder, `${group}.rules.test.yaml`), 'utf8')
    expect(found(/alertname: (\w+)\n\s+exp_alerts/g, tests)).toEqual(expect.arrayContaining(alerts))
  })

  it('each lead to a page that says what to do', () => {
    const page = readFileSync(join(root, `docs/runbooks/${group}.md`), 'utf8')
    const sections = found(/^## (\w+)/gm, page).map((title) => title.toLowerCase())
    const linked = found(new RegExp(`runbook: docs/runbooks/${group}\\.md#(\\w+)`, 'g'), rules)
    expect(linked.sort()).toEqual(sections.sort())
    expect(rules.match(/runbook: /g)).toHaveLength(alerts.length)
  })
})

it('the alerts miss each service that is gone altogether, and look at no series of others', () => {
  const rules = rulesOf('services') + rulesOf('events')
  expect(found(/absent\(up\{part_of="million-pictures",service="(\w+)"\}\)/g, rules)).toEqual([...serviceNames].sort())
  const common = [...rules.matchAll(/(?<!\w)(?:up|http_\w+|tls_\w+)(?=[{[)])(\{part_of="million-pictures"[,}])?/g)]
  expect(common.filter(([, ours]) => !ours)).toEqual([])
})

describe('the alerts on the events', () => {
  it('look only at what services show', async () => {
    const { app, registry } = await startPart({
      service: 'media',
      access: { brokers: process.env['KAFKA_BROKERS']!.split(','), prefix: `alerts-${process.pid}.` },
      mongodb: databaseUri(process.env['MONGODB_URI']!, `alerts-${process.pid}`),
      consumers: [Decoder],
      providers: [Pictures],
    })
    const shown = registry.getMetricsAsArray().map(({ name }) => name)
    await app.get(Connection).dropDatabase()
    await app.close()
    const looked = found(/(?<![:\w])((?:events|metrics)_\w+)/g, rulesOf('events'))
    expect(looked.length).toBeGreaterThan(7)
    expect(shown).toEqual(expect.arrayContaining(looked))
  })
})
