import { ApiClient } from '@mpics/api-client'
import { identity } from '@mpics/contracts'
import { commandLine } from '../environment/command-line.js'
import { Mailbox } from '../people/mailbox.js'
import { Narrator } from './narrator.js'
import { tourSettings } from './settings.js'
import { Tour } from './tour.js'

commandLine(
  'npm run tour: shows what the running system does; PUBLIC_URL, MAIL_API and KAFKA_BROKERS say where it is.',
  {},
)

const settings = tourSettings(process.env)
const api = new ApiClient(settings.gateway)
const reachable = await api.call(identity.listPolicies, {}).catch((error: Error) => error)
if (reachable instanceof Error) {
  console.error(
    `No Million Pictures at ${settings.gateway} (${reachable.message}). Start it with \`npm start\`, or set PUBLIC_URL, MAIL_API and KAFKA_BROKERS.`,
  )
  process.exit(1)
}
try {
  await new Tour({
    api,
    mailbox: new Mailbox(settings.mailApi),
    kafkaBrokers: settings.kafkaBrokers,
    kafkaPrefix: settings.kafkaPrefix,
    kafkaSecurity: settings.kafkaSecurity,
    narrator: new Narrator(),
  }).run()
  console.log(`   mails          ${settings.mailApi}\n`)
} catch (error) {
  console.error(`\nThe tour ended early: ${(error as Error).message}`)
  process.exit(1)
}
