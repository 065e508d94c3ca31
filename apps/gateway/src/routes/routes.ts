import {
  type ApiDefinition,
  changeConsent,
  changeMe,
  changeMyProfile,
  changePhoto,
  confirmPasswordReset,
  endOtherSessions,
  endSession,
  explorePhotos,
  followProfile,
  getConsentHistory,
  getConsents,
  getEmailSettings,
  getMyAccount,
  getMyProfile,
  getMyVisibility,
  getPhoto,
  getPolicy,
  getProfile,
  getRendition,
  getSigningKeys,
  getStats,
  getUnsubscribe,
  getViews,
  listAnnouncements,
  listFollowers,
  listFollowing,
  listMails,
  listMyPhotos,
  listPhotographers,
  listPolicies,
  listProfilePhotos,
  listSessions,
  logIn,
  logOff,
  postUnsubscribe,
  previewMyProfile,
  putEmailSettings,
  recordPageView,
  refreshSession,
  registerAccount,
  removePhoto,
  requestPasswordReset,
  requestVerificationMail,
  restorePhoto,
  setMyVisibility,
  unfollowProfile,
  uploadPhoto,
  verifyEmail,
} from '@mpics/contracts'
import { type EdgeRoute, edgeRoute, type RouteSettings } from './edge-route.js'

const KIB = 1024
const MIB = 1024 * KIB

const proxied = (api: ApiDefinition, settings?: RouteSettings) => edgeRoute('proxied', api, settings)
const composed = (api: ApiDefinition) => edgeRoute('composed', api)
const here = (api: ApiDefinition, settings?: RouteSettings) => edgeRoute('here', api, settings)

/** Requests that hash a password wait for their turn. */
const credentials: RouteSettings = { limit: 'credentials', timeoutMs: 15_000 }
const session: RouteSettings = { ...credentials, cookies: ['mprefresh', 'mpbrowser'], country: true }
/** 40 MB of picture and its description. */
const upload: RouteSettings = { limit: 'upload', bodyLimit: 41 * MIB, timeoutMs: 60_000 }

/** The whitelist of the public API: no other call exists for clients. Pages of the site are in `pages/`. */
export const routes: readonly EdgeRoute[] = [
  proxied(registerAccount, { ...credentials, cookies: ['mpage'] }),
  proxied(verifyEmail, credentials),
  proxied(requestVerificationMail, credentials),
  proxied(logIn, session),
  proxied(refreshSession, session),
  proxied(listSessions),
  proxied(logOff, { cookies: ['mprefresh', 'mpbrowser'], endsSession: true }),
  proxied(endSession),
  proxied(endOtherSessions),
  proxied(requestPasswordReset, credentials),
  proxied(confirmPasswordReset, credentials),
  composed(getMyAccount),
  proxied(changeMe),
  proxied(getConsents),
  proxied(changeConsent),
  proxied(getConsentHistory),
  proxied(listPolicies),
  proxied(getPolicy),
  proxied(listAnnouncements),
  proxied(getSigningKeys),

  composed(getProfile),
  proxied(getMyProfile),
  proxied(changeMyProfile),
  proxied(getMyVisibility),
  proxied(setMyVisibility),
  proxied(previewMyProfile),
  proxied(followProfile),
  proxied(unfollowProfile),
  proxied(listFollowers),
  proxied(listFollowing),
  proxied(listPhotographers),

  proxied(uploadPhoto, upload),
  composed(getPhoto),
  proxied(getRendition, { timeoutMs: 15_000 }),
  proxied(changePhoto),
  proxied(removePhoto),
  proxied(restorePhoto),
  composed(explorePhotos),
  composed(listProfilePhotos),
  composed(listMyPhotos),

  proxied(getEmailSettings),
  proxied(putEmailSettings),
  proxied(getUnsubscribe),
  proxied(postUnsubscribe),
  proxied(listMails),

  proxied(getViews),
  proxied(getStats),
  here(recordPageView, { limit: 'page-view', bodyLimit: 8 * KIB }),
]

export function routeOf(api: ApiDefinition): EdgeRoute {
  const found = routes.find((route) => route.api.name === api.name)
  if (!found) throw new TypeError(`${api.name} is not in the edge’s table`)
  return found
}
