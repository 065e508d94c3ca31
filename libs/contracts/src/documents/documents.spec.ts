import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Parser } from '@asyncapi/parser'
import { asyncApiDocument, openApiDocument, publicApis, type JsonSchema } from '../catalogue.js'

const run = promisify(execFile)
const version = '1.0.0'
const WARNING = 1

describe('the documents for programs', () => {
  const complaints = async (document: JsonSchema) => {
    const { diagnostics } = await new Parser().parse(JSON.stringify(document))
    return diagnostics
      .filter(({ severity }) => Number(severity) <= WARNING)
      .map(({ message, path }) => `${path.join('.')}: ${message}`)
  }

  it('AsyncAPI: its own parser finds nothing wrong, and would', async () => {
    expect(await complaints(asyncApiDocument(version))).toEqual([])
    expect(await complaints({ ...asyncApiDocument(version), channels: { x: { messages: 1 } } })).not.toEqual([])
  })

  it('OpenAPI: Redocly finds nothing wrong, and would', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'mpics-openapi-'))
    const lint = async (document: JsonSchema) => {
      await writeFile(join(folder, 'openapi.json'), JSON.stringify(document))
      const program = join(__dirname, '../../../../node_modules/.bin/redocly')
      const env = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' }
      return run(program, ['lint', 'openapi.json', '--extends=spec', '--format=json'], { cwd: folder, env })
    }
    try {
      const document = openApiDocument(publicApis, { version, serverUrl: 'https://example.org' })
      const { stdout } = await lint(document)
      expect((JSON.parse(stdout) as { totals: { errors: number } }).totals.errors).toBe(0)
      await expect(lint({ ...document, paths: { x: {} } })).rejects.toThrow()
    } finally {
      await rm(folder, { recursive: true })
    }
  })
})
