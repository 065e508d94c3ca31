import { analytics, type ApiDefinition, gateway, identity, media, notifications, profiles } from '@mpics/contracts'
import { type EdgeRoute, edgeRoute, type RouteSettings } from './edge-route.js'

const KIB = 1024
const MIB = 1024 * KIB

const proxied = (api: ApiDefinition, settings?: RouteSettings) => edgeRoute('proxied', api, settings)
const composed = (api: ApiDefinition) => edgeRoute('composed', api)
const here = (api: ApiDefinition, settings?: RouteSettings) => edgeRoute('here', api, settings)

/** Requests that hash a password wait for their turn, which is shared out by network. */
const credentials: RouteSettings = { limit: 'credentials', network: true }
const session: RouteSettings = { ...credentials, cookies: ['mprefresh', 'mpbrowser', 'mpshared'], country: true }
/** Taking a consent back does not wait because other requests were many. */
const withdrawal: RouteSettings = { limit: 'withdrawal' }
/** 40 MB of picture and its description. */
const upload: RouteSettings = { limit: 'upload', bodyLimit: 41 * MIB, timeoutMs: 60_000 }

const { maxBytes } = gateway.agentBatch
const agentViews: RouteSettings = { limit: 'page-view', bodyLimit: maxBytes, timeoutMs: 15_000, byAgent: true }

/** Long times are many documents. */
const traffic: RouteSettings = { timeoutMs: 15_000 }

/** The whitelist of the public API: no other call exists for clients. Pages of the site are in `pages/`. */
export const routes: readonly EdgeRoute[] = [
  proxied(identity.registerAccount, { ...credentials, cookies: ['mpage'] }),
  proxied(identity.verifyEmail, credentials),
  proxied(identity.requestVerificationMail, credentials),
  // Identity shares out log-ins: a limit as low as for other credentials would let who guesses refuse a neighbour's known browser.
  proxied(identity.logIn, { ...session, limit: 'write' }),
  proxied(identity.completeLogIn, { ...session, limit: 'write' }),
  proxied(identity.beginPasskeyLogIn, { limit: 'write' }),
  proxied(identity.logInWithPasskey, { ...session, limit: 'write' }),
  proxied(identity.refreshSession, session),
  proxied(identity.listSessions),
  proxied(identity.logOff, { cookies: ['mprefresh', 'mpbrowser'], endsSession: true }),
  proxied(identity.endSession),
  proxied(identity.endOtherSessions),
  proxied(identity.proveMyself, credentials),
  proxied(identity.changePassword, credentials),
  proxied(identity.changeEmail, credentials),
  proxied(identity.confirmEmailChange, credentials),
  proxied(identity.freezeEmailChange, credentials),
  proxied(identity.decideEmailChange, credentials),
  proxied(identity.listAuthenticators),
  proxied(identity.beginTotp),
  proxied(identity.confirmTotp),
  proxied(identity.removeTotp),
  proxied(identity.makeRecoveryCodes),
  proxied(identity.listPasskeys),
  proxied(identity.beginPasskey),
  proxied(identity.addPasskey),
  proxied(identity.renamePasskey),
  proxied(identity.removePasskey),
  proxied(identity.requestFactorRecovery, credentials),
  proxied(identity.confirmFactorRecovery, credentials),
  proxied(identity.cancelFactorRecovery, credentials),
  proxied(identity.cancelMyFactorRecovery),
  proxied(identity.requestPasswordReset, credentials),
  proxied(identity.confirmPasswordReset, credentials),
  composed(gateway.getMyAccount),
  composed(gateway.getMyPrivacy),
  proxied(identity.closeMyAccount),
  proxied(identity.restoreMyAccount),
  proxied(identity.requestExport),
  proxied(identity.getExport),
  proxied(identity.getExportFile, { timeoutMs: 15_000 }),
  proxied(identity.getAccountLock),
  proxied(identity.lockAccount),
  proxied(identity.unlockAccount),
  proxied(identity.approveLock),
  proxied(identity.objectToLock, { limit: 'credentials' }),
  proxied(identity.changeMe),
  proxied(identity.listProgramTokens),
  proxied(identity.createProgramToken),
  proxied(identity.renameProgramToken),
  proxied(identity.rotateProgramToken),
  proxied(identity.revokeProgramToken),
  proxied(identity.listRoles),
  proxied(identity.changeRoles),
  proxied(identity.getConsentForm),
  proxied(identity.getConsents),
  proxied(identity.changeConsent, withdrawal),
  proxied(identity.getConsentHistory),
  proxied(identity.getLedgerProof),
  proxied(identity.listPolicies),
  proxied(identity.getPolicy),
  proxied(identity.diffPolicies),
  proxied(identity.listAnnouncements),
  proxied(identity.publishPolicy, { bodyLimit: 256 * KIB, limit: 'write', bodyField: 'texts' }),
  proxied(identity.listAcceptances),
  proxied(identity.acceptPolicies),
  proxied(identity.getSigningKeys),
  composed(identity.getInventory),
  proxied(identity.getReceiptKeys),

  composed(profiles.getProfile),
  proxied(profiles.getMyProfile),
  proxied(profiles.changeMyProfile),
  proxied(profiles.getMyVisibility),
  proxied(profiles.setMyVisibility),
  proxied(profiles.previewMyProfile),
  proxied(profiles.followProfile),
  proxied(profiles.unfollowProfile),
  proxied(profiles.listFollowers),
  proxied(profiles.listFollowing),
  proxied(profiles.listPhotographers),

  proxied(media.uploadPhoto, upload),
  composed(media.getPhoto),
  proxied(media.getRendition, { timeoutMs: 15_000, sessionLinks: true }),
  proxied(media.changePhoto),
  proxied(media.removePhoto),
  proxied(media.restorePhoto),
  composed(media.explorePhotos),
  composed(media.listProfilePhotos),
  composed(media.listMyPhotos),

  proxied(notifications.getEmailSettings),
  proxied(notifications.putEmailSettings),
  here(notifications.getUnsubscribe, withdrawal),
  proxied(notifications.postUnsubscribe, { ...withdrawal, takesToken: true }),
  proxied(notifications.listMails),
  proxied(notifications.listCampaigns),

  composed(analytics.getViews),
  proxied(analytics.getStats),
  proxied(analytics.exportTraffic, { timeoutMs: 30_000 }),
  proxied(analytics.getTrafficSummary, traffic),
  proxied(analytics.getTrafficSeries, traffic),
  proxied(analytics.getTrafficPages, traffic),
  proxied(analytics.getTrafficReferrers, traffic),
  proxied(analytics.getTrafficCountries, traffic),
  proxied(analytics.getTrafficBrowsers, traffic),
  proxied(analytics.getTrafficBots, traffic),
  proxied(analytics.getTrafficLive),
  proxied(analytics.getTrafficCommunity, traffic),
  proxied(analytics.getTrafficErrors, traffic),
  proxied(analytics.getTrafficLatency, traffic),
  here(gateway.recordPageView, { limit: 'page-view' }),

  here(gateway.listCookies),
  here(gateway.getPrivacyControl),
  here(gateway.chooseCookies, withdrawal),
  here(gateway.getMyStats),
  here(gateway.recordAgentViews, agentViews),
  proxied(analytics.listAgents),
  proxied(analytics.createAgent),
  proxied(analytics.revokeAgent),
]

const byName: ReadonlyMap<string, EdgeRoute> = new Map(routes.map((route) => [route.api.name, route]))

export function routeOf(api: ApiDefinition): EdgeRoute {
  const found = byName.get(api.name)
  if (!found) throw new TypeError(`${api.name} is not in the edge’s table`)
  return found
}
