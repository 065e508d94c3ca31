import { eventByType } from '@mpics/contracts/catalogue'
import type { Purpose, ServiceName } from '@mpics/contracts'
import { UserFacingError } from '../environment/user-facing-error.js'
import { addConsumer, reactionIn } from './consumer.js'
import { addImport } from './insert.js'
import { assertWords, camel, serviceNamed } from './names.js'
import type { Workspace } from './workspace.js'

const PURPOSES: Partial<Record<ServiceName, Purpose>> = {
  identity: 'account',
  profiles: 'profile',
  media: 'photos',
  notifications: 'mail',
  analytics: 'trend-analysis',
}
const EXAMPLE_ID = '01931f3e-0000-7000-8000-000000000001'

interface Wanted {
  service: ServiceName
  aggregate: string
  participle: string
  /** As its definition is called. */
  name: string
}

/** Defines an event, lists its consumers, and makes a skeleton of each. */
export function newEvent(workspace: Workspace, type: string, heardBy: readonly string[]): void {
  const event = wantedEvent(type)
  if (heardBy.length === 0)
    throw new UserFacingError('Nobody would hear it: name a service with --heard-by, and its reaction after a colon.')
  addDefinition(workspace, event)
  for (const hearer of heardBy) {
    const [service = '', reaction = `note-${event.aggregate}-on-${event.participle}`] = hearer.split(':')
    assertWords(reaction, 'a reaction, such as dismiss-follower-on-removal')
    const consumer = { service: serviceNamed(service), reaction, publisher: event.service, event: event.name }
    addConsumer(workspace, consumer)
    reactionIn(workspace, consumer)
  }
}

function wantedEvent(type: string): Wanted {
  const parts = type.split('.')
  if (parts.length !== 3)
    throw new UserFacingError(`“${type}” is no event: <service>.<aggregate>.<past-participle>, without a version.`)
  const [service, aggregate, participle] = parts as [string, string, string]
  assertWords(aggregate, 'an aggregate')
  assertWords(participle, 'what happened')
  if (eventByType.has(`${type}.v1`))
    throw new UserFacingError(`${type} is there already. A change that breaks it is a new version: CONTRIBUTING.md.`)
  return { service: serviceNamed(service), aggregate, participle, name: camel(`${aggregate}-${participle}`) }
}

function addDefinition(workspace: Workspace, event: Wanted): void {
  const { service, aggregate } = event
  const path = `libs/contracts/src/${service}/${aggregate}.events.ts`
  if (!workspace.exists(path)) {
    workspace.create(path, newTopic(event))
    const line = `export * from './${aggregate}.events.js'\n`
    workspace.change(`libs/contracts/src/${service}/events.ts`, (text) => text.replace(/^export \{\}\n/m, '') + line)
  }
  workspace.change(path, (text) => {
    const topic = new RegExp(`const (\\w+) = defineTopic\\(\\{\\s*name: '${service}\\.${aggregate}'`).exec(text)
    if (!topic) throw new Error(`it defines no topic ${service}.${aggregate}.`)
    const imported = addImport(addImport(text, 'defineEvent', '../define/define-event.js'), 'id', '../define/field.js')
    return `${imported}\n${definition(event, topic[1]!)}`
  })
}

const newTopic = ({ service, aggregate }: Wanted) => `import { days, defineTopic } from '../define/define-event.js'

const ${camel(aggregate)}Topic = defineTopic({
  name: '${service}.${aggregate}',
  partitions: 6,
  retention: days(30),
  publishers: ['${service}'],
})
`

const definition = (
  { service, aggregate, participle, name }: Wanted,
  topic: string,
) => `export const ${name} = defineEvent({
  type: '${service}.${aggregate}.${participle}.v1',
  topic: ${topic},
  summary: 'To be written: what happened, in one sentence.',
  key: '${camel(aggregate)}Id',
  data: { ${camel(aggregate)}Id: id('${PURPOSES[service] ?? 'community'}') },
  example: { ${camel(aggregate)}Id: '${EXAMPLE_ID}' },
})
`
