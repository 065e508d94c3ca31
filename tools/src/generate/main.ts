import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { root } from '../environment/root.js'
import { UserFacingError } from '../environment/user-facing-error.js'
import { lastRun } from '../promises/last-run.js'
import { readPromises } from '../promises/promises.js'
import { STATUS_DOCUMENT, statusDocument } from '../promises/status-document.js'
import { alertRules } from './alert-rules.js'
import { apiDocuments } from './api-documents.js'
import { commandReference } from './command-reference.js'
import { configurationTable } from './configuration-table.js'
import { dataContracts } from './data-contracts.js'
import { eventDocuments } from './event-documents.js'
import { formerSchemas } from './former-schemas.js'
import { type GeneratedFile, writeGenerated } from './generated-file.js'
import { goldenSamples } from './golden-samples.js'
import { httpCalls } from './http-calls.js'
import { disruptionBudgets, networkPolicies } from './kubernetes-policies.js'
import { kubernetesSecrets } from './kubernetes-secrets.js'
import { inventoryModule } from './inventory-module.js'
import { missingTests } from './named-tests.js'
import { personalDataDocument } from './personal-data-document.js'

const check = process.argv.includes('--check')

async function everything(): Promise<GeneratedFile[]> {
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string }
  const samples = await goldenSamples(root)
  return [
    ...samples,
    ...(await dataContracts(root, samples)),
    await formerSchemas(root),
    ...eventDocuments(version),
    ...apiDocuments(version),
    httpCalls(),
    await commandReference(root),
    await configurationTable(root),
    await personalDataDocument(root),
    await inventoryModule(root),
    ...(await alertRules(root)),
    await kubernetesSecrets(root),
    networkPolicies(),
    disruptionBudgets(),
  ]
}

async function promises(): Promise<GeneratedFile[]> {
  const { shown, endedAt } = await lastRun(root)
  console.log(`as the run showed that ended at ${endedAt}`)
  return [{ path: STATUS_DOCUMENT, content: statusDocument(await readPromises(root), shown) }]
}

async function generate(): Promise<void> {
  const stale = await writeGenerated(root, await (process.argv.includes('promises') ? promises() : everything()), check)
  if (check && stale.length)
    throw new UserFacingError(`Not current: ${stale.join(', ')}. Run \`npm run generate\` and commit what it writes.`)
  console.log(stale.length ? `written: ${stale.join(', ')}` : 'all generated files are current')
  const documents = ['docs/http.md', 'docs/reliability.md', 'docs/security.md', 'docs/asvs.md']
  const missing = (await Promise.all(documents.map((document) => missingTests(root, document)))).flat()
  if (missing.length) throw new UserFacingError(missing.join('\n'))
}

await generate().catch((error: unknown) => {
  if (!(error instanceof UserFacingError)) throw error
  console.error(error.message)
  process.exitCode = 1
})
