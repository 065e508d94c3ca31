import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Parser } from '@asyncapi/parser'
import { type RulesetDefinition, Spectral } from '@stoplight/spectral-core'
import { asyncapi, oas } from '@stoplight/spectral-rulesets'
import { asyncApiDocument, events, openApiDocument, publicApis, type JsonSchema } from '../catalogue.js'

const run = promisify(execFile)
const version = '1.0.0'
const WARNING = 1

interface Complaint {
  severity: number
  message: string
  path: readonly (string | number)[]
}

const told = (complaints: readonly Complaint[]) =>
  complaints.filter(({ severity }) => severity <= WARNING).map(({ message, path }) => `${path.join('.')}: ${message}`)

async function spectral(ruleset: typeof oas | typeof asyncapi, document: JsonSchema): Promise<string[]> {
  const judge = new Spectral()
  judge.setRuleset({ extends: [ruleset as RulesetDefinition] })
  return told(await judge.run(JSON.stringify(document)))
}

describe('the documents for programs', () => {
  const openApi = openApiDocument(publicApis, { version })
  /** What a judge finds in all, it finds in a part. */
  const partly = <T extends object>(all: T): T => Object.fromEntries(Object.entries(all).slice(0, 1)) as T
  const part = { ...openApi, paths: partly(openApi['paths'] as object) }
  const aboutTags: unknown = expect.stringContaining('tag')
  const parser = async (document: JsonSchema) => told((await new Parser().parse(JSON.stringify(document))).diagnostics)

  it('AsyncAPI: its own parser and Spectral find nothing wrong, and would', async () => {
    const document = asyncApiDocument(version)
    expect(await parser(document)).toEqual([])
    expect(await parser({ ...document, channels: { x: { messages: 1 } } })).not.toEqual([])
    expect(await spectral(asyncapi, document)).toEqual([])
    expect(await spectral(asyncapi, { ...document, servers: undefined })).not.toEqual([])
  })

  it('AsyncAPI: each payload has the title and the address of its schema, under the site', () => {
    const document = asyncApiDocument(version, 'https://pictures.example') as unknown as {
      components: { messages: Record<string, { payload: { schema: JsonSchema } }> }
    }
    for (const { type } of events)
      expect(document.components.messages[type]?.payload.schema).toMatchObject({
        title: type,
        $id: `https://pictures.example/schemas/${type}.json`,
      })
  })

  it('OpenAPI: Spectral finds nothing wrong, and would', async () => {
    expect(await spectral(oas, openApi)).toEqual([])
    expect(await spectral(oas, { ...part, tags: [] })).toEqual(expect.arrayContaining([aboutTags]))
  })

  it('OpenAPI: Redocly finds nothing wrong, and would', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'mpics-openapi-'))
    const lint = async (document: JsonSchema) => {
      await writeFile(join(folder, 'openapi.json'), JSON.stringify(document))
      const program = join(__dirname, '../../../../node_modules/.bin/redocly')
      const env = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' }
      const told = await run(program, ['lint', 'openapi.json', '--extends=recommended', '--format=json'], {
        cwd: folder,
        env,
        maxBuffer: 1 << 26,
      }).catch((error: { stdout: string }) => error)
      const { problems } = JSON.parse(told.stdout) as { problems: { ruleId: string; message: string }[] }
      return problems.map(({ ruleId, message }) => `${ruleId}: ${message}`)
    }
    try {
      expect(await lint(openApi)).toEqual([])
      expect(await lint({ ...part, tags: [{ name: 'x' }] })).toEqual(expect.arrayContaining([aboutTags]))
    } finally {
      await rm(folder, { recursive: true })
    }
  })
})
