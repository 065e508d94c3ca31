import {
  type ApiDefinition,
  type DataCategory,
  gateway,
  identity,
  media,
  notifications,
  profiles,
} from '@mpics/contracts'

interface Ways {
  see: ApiDefinition[]
  correct: ApiDefinition[]
  erase: ApiDefinition[]
}

/** Where a member sees, corrects and deletes what is held about them, besides closing the account. */
const ways: Readonly<Record<DataCategory, Ways>> = {
  registration: {
    see: [gateway.getMyAccount],
    correct: [identity.changeMe, identity.changeEmail],
    erase: [identity.closeMyAccount],
  },
  security: {
    see: [identity.listSessions, identity.listProgramTokens, identity.listAuthenticators, identity.listPasskeys],
    correct: [identity.changePassword, identity.renamePasskey, identity.renameProgramToken],
    erase: [identity.endSession, identity.revokeProgramToken, identity.removeTotp, identity.removePasskey],
  },
  profile: {
    see: [profiles.getMyProfile, profiles.getMyVisibility],
    correct: [profiles.changeMyProfile, profiles.setMyVisibility],
    erase: [profiles.changeMyProfile],
  },
  photos: { see: [media.listMyPhotos], correct: [media.changePhoto], erase: [media.removePhoto] },
  community: {
    see: [profiles.listFollowing, profiles.listFollowers],
    correct: [profiles.followProfile],
    erase: [profiles.unfollowProfile],
  },
  mails: {
    see: [notifications.listMails, notifications.getEmailSettings],
    correct: [notifications.putEmailSettings],
    erase: [],
  },
  consents: {
    see: [identity.getConsents, identity.getConsentHistory],
    correct: [identity.changeConsent],
    erase: [],
  },
  traffic: { see: [gateway.listCookies], correct: [], erase: [] },
  operation: { see: [identity.getInventory], correct: [], erase: [] },
}

const address = ({ method, path }: ApiDefinition) => `${method} ${path}`

export function waysOf(category: DataCategory): Record<keyof Ways, string[]> {
  const { see, correct, erase } = ways[category]
  return { see: see.map(address), correct: correct.map(address), erase: erase.map(address) }
}
