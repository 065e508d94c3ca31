import { analytics, identity, media, notifications, profiles } from '@mpics/contracts'
import { NotFoundError } from '@mpics/service-kit'
import { on, peer, type TestPeer, type TestService, testService, type TestServiceOptions } from '@mpics/testing'
import type { Type } from '@nestjs/common'
import { GatewayConfig } from '../../src/config.js'
import { GatewayModule } from '../../src/gateway.module.js'
import { PUBLIC_URL, publishedKey } from './access-tokens.js'
import * as sample from './samples.js'

/** All other services, as far as the contracts tell; `more` are calls that few tests make. */
export const others = (...more: ReturnType<typeof on>[]): Promise<TestPeer> =>
  peer(
    on(identity.getSigningKeys, () => ({ keys: [publishedKey] })),
    on(identity.listPolicies, () => ({ items: sample.policies, nextCursor: null })),
    on(identity.getPolicy, ({ params }) => sample.policies.find(({ document }) => document === params.document)!),
    on(identity.getInventory, () => sample.inventory),
    on(identity.revokedSessions, () => ({ revoked: [] })),
    on(identity.logIn, () => sample.session),
    on(identity.logOff, () => undefined),
    on(identity.getMe, () => sample.me),
    on(identity.unverifiedAccounts, ({ body }) => ({ unverified: body.accountIds })),
    on(profiles.getMyProfile, () => sample.myProfile),
    on(profiles.getProfile, () => sample.profile),
    on(profiles.profileExists, ({ params }) => void known(params.id, sample.OWNER)),
    on(profiles.resolveHandle, ({ params }) => ({ id: { [known(params.handle, 'ada')]: sample.OWNER }.ada! })),
    on(profiles.profilePages, ({ body }) => ({
      ids: body.ids.filter((id) => id === sample.OWNER),
      handles: body.handles.filter((handle) => handle === 'ada').map((handle) => ({ handle, id: sample.OWNER })),
    })),
    on(profiles.profileCards, ({ body }) => ({ items: body.ids.includes(sample.OWNER) ? [sample.card] : [] })),
    on(media.getPhoto, ({ params }) => ({ ...sample.photo, id: known(params.id, sample.PHOTO) })),
    on(media.explorePhotos, () => ({ items: [], nextCursor: null })),
    on(media.visiblePhotos, ({ body }) => ({ ids: body.ids.filter((id) => id === sample.PHOTO) })),
    on(media.photosForVisitors, ({ body }) => ({
      items: body.ids.filter((id) => id === sample.PHOTO).map((id) => ({ ...sample.photo, id })),
    })),
    on(media.photoPages, ({ body }) => ({
      items: body.ids.filter((id) => id === sample.PHOTO).map((id) => ({ id, ownerId: sample.OWNER })),
    })),
    on(media.photoPage, ({ params }) => ({ id: known(params.id, sample.PHOTO), ownerId: sample.OWNER })),
    on(analytics.getViews, ({ query }) => ({ items: query.page.map((page) => ({ page, total: 7, unique: 3 })) })),
    on(notifications.listMails, () => ({ items: [], nextCursor: null })),
    ...more,
  )

function known(asked: string, only: string): string {
  if (asked !== only) throw new NotFoundError()
  return asked
}

export function gateway(
  url: string,
  options: TestServiceOptions = {},
  module: Type = GatewayModule,
): Promise<TestService> {
  return testService(module, GatewayConfig, {
    ...options,
    environment: {
      MONGODB_URI: '',
      PUBLIC_URL,
      IDENTITY_URL: url,
      PROFILES_URL: url,
      MEDIA_URL: url,
      NOTIFICATIONS_URL: url,
      ANALYTICS_URL: url,
      // what a test changes is to be seen at once; tests of this cache switch it on
      GATEWAY_PUBLIC_ANSWER_MS: '0',
      GATEWAY_VISITOR_KEY: 'a key that proves the cookies of this test',
      ...options.environment,
    },
  })
}
