import type { ServiceName } from '@mpics/contracts'
import { addEntry, addImport } from './insert.js'
import { pascal } from './names.js'
import type { Workspace } from './workspace.js'

const TABLE = 'libs/contracts/src/catalogue/consumers.ts'

interface NewConsumer {
  service: ServiceName
  /** File name of the reaction. */
  reaction: string
  publisher: string
  /** As its definition is called. */
  event: string
}

/** A line in the table of consumers, from which the right to read the event comes. */
export function addConsumer(workspace: Workspace, { service, reaction, publisher, event }: NewConsumer): void {
  workspace.change(TABLE, (text) => {
    const isNamespace = text.includes(`* as ${publisher} from `)
    const line = `shared('${service}', ${isNamespace ? `${publisher}.` : ''}${event}, '${reaction}'),`
    const listed = addEntry(text, 'export const consumers: readonly Consumption[] = [', `\n${line}\n`)
    return isNamespace ? listed : addImport(listed, event, `../${publisher}/events.js`)
  })
}

/** The reaction’s class, in the module of the consumers. */
export function reactionIn(workspace: Workspace, consumer: NewConsumer): void {
  const { service, reaction } = consumer
  const folder = `apps/${service}/src/consumers`
  workspace.create(`${folder}/${reaction}.ts`, skeleton(consumer))
  if (!workspace.exists(`${folder}/consumers.module.ts`)) addModule(workspace, service)
  workspace.change(`${folder}/consumers.module.ts`, (text) =>
    addImport(addEntry(text, 'controllers: [', pascal(reaction)), pascal(reaction), `./${reaction}.js`),
  )
}

function addModule(workspace: Workspace, service: ServiceName): void {
  const text =
    "import { Module } from '@nestjs/common'\n\n@Module({ controllers: [] })\nexport class ConsumersModule {}\n"
  workspace.create(`apps/${service}/src/consumers/consumers.module.ts`, text)
  workspace.change(`apps/${service}/src/${service}.module.ts`, (module) =>
    addImport(addEntry(module, 'imports: [', 'ConsumersModule'), 'ConsumersModule', './consumers/consumers.module.js'),
  )
}

const skeleton = ({
  reaction,
  publisher,
  event,
}: NewConsumer) => `import { type Envelope, ${publisher} } from '@mpics/contracts'
import { EventConsumer, On } from '@mpics/eventing'

@EventConsumer()
export class ${pascal(reaction)} {
  @On(${publisher}.${event}, { idempotence: 'natural' })
  async handle(event: Envelope<typeof ${publisher}.${event}>): Promise<void> {
    throw new Error(\`\${event.type} is heard, and ${reaction} is not written yet\`)
  }
}
`
