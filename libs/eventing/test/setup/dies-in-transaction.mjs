import { EventingMetrics, EventingOptions, Transactions } from '../../dist/index.js'
import { connectMongo } from '@mpics/mongo'

const [uri, appName, _id] = process.argv.slice(2)
const connection = await connectMongo(uri, { appName })
const transactions = new Transactions(
  connection,
  new EventingMetrics(new EventingOptions({ service: 'media', brokers: [] })),
)
const notes = connection.db.collection('notes')
await transactions.make((session) => notes.updateOne({ _id }, { $set: { by: 'the dead' } }, { session }))
