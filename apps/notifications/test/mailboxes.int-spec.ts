import { ErasedIds } from '@mpics/eventing'
import { randomUUID } from 'node:crypto'
import { closeMongo, connectMongo, PersonalData } from '@mpics/mongo'
import { dropDatabase, servers } from '@mpics/testing'
import { MailboxRepository } from '../src/mailboxes/mailbox.repository.js'

const uri = servers().mongodbUri(`test-mailboxes-${randomUUID().slice(0, 8)}`)
const [former, next] = ['f'.repeat(32), 'n'.repeat(32)]
const ADDRESS = 'somebody@people.example'

async function mailboxesWith(...keys: string[]) {
  const connection = await connectMongo(uri)
  const mailboxes = new MailboxRepository(
    connection,
    { NOTIFICATIONS_LINK_KEY: keys } as never,
    new PersonalData(),
    new ErasedIds(),
  )
  return { mailboxes, close: () => closeMongo(connection) }
}

afterAll(() => dropDatabase(uri))

it('a failing mailbox is known while the key is replaced, and no address is taken for another', async () => {
  const [before, during] = [await mailboxesWith(former), await mailboxesWith(next, former)]
  const [id, now] = [randomUUID(), new Date()]
  await before.mailboxes.markFailing(id, ADDRESS, 'smtp-550', now)
  expect((await during.mailboxes.failing(id, now))(ADDRESS)).toBe(true)
  expect((await during.mailboxes.failing(id, now))(`x${ADDRESS}`)).toBe(false)
  await before.close()
  await during.close()
})
