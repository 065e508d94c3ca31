import {
  explorePhotos,
  getMe,
  getMyProfile,
  getPhoto,
  getProfile,
  getSigningKeys,
  getViews,
  listMails,
  listPolicies,
  logIn,
  logOff,
  photoPage,
  profileCards,
  profileExists,
  resolveHandle,
  revokedSessions,
} from '@mpics/contracts'
import { NotFoundError } from '@mpics/service-kit'
import { on, peer, type TestPeer, type TestService, testService, type TestServiceOptions } from '@mpics/testing'
import type { Type } from '@nestjs/common'
import { GatewayConfig } from '../../src/config.js'
import { GatewayModule } from '../../src/gateway.module.js'
import { PUBLIC_URL, publishedKey } from './access-tokens.js'
import * as sample from './samples.js'

/** All other services, as far as the contracts tell. */
export const others = (): Promise<TestPeer> =>
  peer(
    on(getSigningKeys, () => ({ keys: [publishedKey] })),
    on(listPolicies, () => ({ items: sample.policies, nextCursor: null })),
    on(revokedSessions, () => ({ revoked: [] })),
    on(logIn, () => sample.session),
    on(logOff, () => undefined),
    on(getMe, () => sample.me),
    on(getMyProfile, () => sample.myProfile),
    on(getProfile, () => sample.profile),
    on(profileExists, ({ params }) => void known(params.id, sample.OWNER)),
    on(resolveHandle, ({ params }) => ({ id: { [known(params.handle, 'ada')]: sample.OWNER }.ada! })),
    on(profileCards, ({ body }) => ({ items: body.ids.includes(sample.OWNER) ? [sample.card] : [] })),
    on(getPhoto, ({ params }) => ({ ...sample.photo, id: known(params.id, sample.PHOTO) })),
    on(explorePhotos, () => ({ items: [], nextCursor: null })),
    on(photoPage, ({ params }) => ({ id: known(params.id, sample.PHOTO), ownerId: sample.OWNER })),
    on(getViews, ({ query }) => ({ items: query.page.map((page) => ({ page, total: 7, unique: 3 })) })),
    on(listMails, () => ({ items: [], nextCursor: null })),
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
      ...options.environment,
    },
  })
}
