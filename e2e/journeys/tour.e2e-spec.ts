import { Narrator } from '@mpics/tools/tour/narrator'
import { Tour } from '@mpics/tools/tour/tour'
import { parts, sharedSystem } from '../driver/system.js'

describe('the whole path, from registration to a mail that is not sent', () => {
  const running = sharedSystem()
  const quiet = new Narrator(() => undefined)

  it('B12 B19 B23 B30 B48 works twice in a row, and no fact holds personal data', async () => {
    for (let i = 0; i < 2; i++) {
      const { records } = await new Tour({ ...parts(running), narrator: quiet }).run()
      const types = new Set(records.map((r) => r.headers['ce_type']))
      expect([...types].sort()).toEqual(
        expect.arrayContaining([
          'analytics.view-total.updated.v1',
          'identity.account.email-verified.v1',
          'identity.account.registered.v1',
          'identity.account.verification-requested.v1',
          'media.photo.published.v1',
          'media.photo.uploaded.v1',
          'notifications.email.sent.v1',
          'notifications.email.suppressed.v1',
          'profiles.follow.started.v1',
          'profiles.profile.created.v1',
          'traffic.page-view.recorded.v1',
        ]),
      )
    }
  })
})
