import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { root } from '../environment/root.js'
import { alertRules } from './alert-rules.js'
import { apiDocuments } from './api-documents.js'
import { commandReference } from './command-reference.js'
import { configurationTable } from './configuration-table.js'
import { eventDocuments } from './event-documents.js'
import { writeGenerated } from './generated-file.js'
import { goldenSamples } from './golden-samples.js'
import { httpCalls } from './http-calls.js'
import { disruptionBudgets, networkPolicies } from './kubernetes-policies.js'
import { kubernetesSecrets } from './kubernetes-secrets.js'
import { missingTests } from './named-tests.js'
import { personalDataDocument } from './personal-data-document.js'
import { promiseTable } from './promise-table.js'

const check = process.argv.includes('--check')
const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string }

const stale = await writeGenerated(
  root,
  [
    ...(await goldenSamples(root)),
    ...eventDocuments(version),
    ...apiDocuments(version),
    httpCalls(),
    await commandReference(root),
    await promiseTable(root),
    await configurationTable(root),
    await personalDataDocument(root),
    ...(await alertRules(root)),
    await kubernetesSecrets(root),
    networkPolicies(),
    disruptionBudgets(),
  ],
  check,
)
if (check && stale.length) {
  console.error(`Not current: ${stale.join(', ')}. Run \`npm run generate\` and commit what it writes.`)
  process.exitCode = 1
} else console.log(stale.length ? `written: ${stale.length} files` : 'all generated files are current')

const documents = ['docs/http.md', 'docs/reliability.md', 'docs/security.md']
const missing = (await Promise.all(documents.map((document) => missingTests(root, document)))).flat()
if (missing.length) {
  console.error(missing.join('\n'))
  process.exitCode = 1
}
