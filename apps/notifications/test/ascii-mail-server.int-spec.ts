import { identity } from '@mpics/contracts'
import type { Person } from './setup/peers-harness.js'
import { NotificationsHarness } from './setup/notifications-harness.js'
import { ScriptedMailServer } from './setup/scripted-mail-server.js'

describe('a mail server without SMTPUTF8', () => {
  let server: ScriptedMailServer
  let notifications: NotificationsHarness
  beforeAll(async () => {
    server = await ScriptedMailServer.listen({ hideSMTPUTF8: true })
    notifications = await NotificationsHarness.open((peers) => peers.environment(server.url))
  })
  afterAll(async () => {
    await notifications.close()
    await server.close()
  })

  const changed = ({ id: accountId }: Person) =>
    notifications.service.publish(identity.passwordChanged.of({ accountId, changedAt: '2026-01-31T12:00:00.000Z' }))

  it('never gets an address beyond ASCII before the @, which is failing; one with such a domain goes', async () => {
    const [name, domain] = [notifications.peers.join(), notifications.peers.join()]
    name.email = `büg-${name.handle}@people.example`
    domain.email = `${domain.handle}@müller.example`
    await changed(name)
    expect(await notifications.untilOutcome('bounced', name)).toMatchObject([{ reason: 'smtputf8-unsupported' }])
    await changed(domain)
    expect(await notifications.untilOutcome('sent', domain)).toHaveLength(1)
    expect(server.received.map(({ to }) => to)).toEqual([[domain.email]])
  })
})
