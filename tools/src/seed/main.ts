import { ApiClient } from '@mpics/api-client'
import { DEFAULT_SITE, identity } from '@mpics/contracts'
import { kafkaOf } from '@mpics/eventing'
import { commandLine } from '../environment/command-line.js'
import { Mailbox } from '../people/mailbox.js'
import { planOf } from './plan.js'
import { seed } from './seed.js'

commandLine('npm run seed: fills the running system with people, photos, follows and views of 30 days.', {})

const SEED = 1
const gateway = process.env['PUBLIC_URL'] ?? DEFAULT_SITE
const api = new ApiClient(gateway, { retryForMs: 10_000 })
const say = (line: string) => console.log(`  ${line}`)

try {
  await new ApiClient(gateway).call(identity.listPolicies, {})
} catch (error) {
  console.error(`No Million Pictures at ${gateway} (${(error as Error).message}). Start it with \`npm start\`.`)
  process.exit(1)
}
try {
  const mailbox = new Mailbox(process.env['MAIL_API'] ?? 'http://127.0.0.1:1080')
  await seed(planOf(SEED), { api, mailbox, kafka: { ...kafkaOf(process.env), site: gateway }, say })
  console.log(`Look at ${gateway}/explore`)
} catch (error) {
  console.error(`The seed ended early: ${(error as Error).message}`)
  process.exit(1)
}
