/** Made of the folders beside it by mails.mjs in apps/notifications; add a folder, and run it. */
import type { Mail } from '../mail-definition/define-mail.js'
import { texts as accountClosingDe } from './account-closing/de.js'
import { texts as accountClosingEn } from './account-closing/en.js'
import { mail as accountClosing } from './account-closing/mail.js'
import { texts as accountErasedDe } from './account-erased/de.js'
import { texts as accountErasedEn } from './account-erased/en.js'
import { mail as accountErased } from './account-erased/mail.js'
import { texts as accountLockedDe } from './account-locked/de.js'
import { texts as accountLockedEn } from './account-locked/en.js'
import { mail as accountLocked } from './account-locked/mail.js'
import { texts as accountRestoredDe } from './account-restored/de.js'
import { texts as accountRestoredEn } from './account-restored/en.js'
import { mail as accountRestored } from './account-restored/mail.js'
import { texts as accountUnlockedDe } from './account-unlocked/de.js'
import { texts as accountUnlockedEn } from './account-unlocked/en.js'
import { mail as accountUnlocked } from './account-unlocked/mail.js'
import { texts as addressKnownDe } from './address-known/de.js'
import { texts as addressKnownEn } from './address-known/en.js'
import { mail as addressKnown } from './address-known/mail.js'
import { texts as confirmEmailDe } from './confirm-email/de.js'
import { texts as confirmEmailEn } from './confirm-email/en.js'
import { mail as confirmEmail } from './confirm-email/mail.js'
import { texts as emailChangedDe } from './email-changed/de.js'
import { texts as emailChangedEn } from './email-changed/en.js'
import { mail as emailChanged } from './email-changed/mail.js'
import { texts as exportReadyDe } from './export-ready/de.js'
import { texts as exportReadyEn } from './export-ready/en.js'
import { mail as exportReady } from './export-ready/mail.js'
import { texts as factorAddedDe } from './factor-added/de.js'
import { texts as factorAddedEn } from './factor-added/en.js'
import { mail as factorAdded } from './factor-added/mail.js'
import { texts as factorRecoveryAnnouncedDe } from './factor-recovery-announced/de.js'
import { texts as factorRecoveryAnnouncedEn } from './factor-recovery-announced/en.js'
import { mail as factorRecoveryAnnounced } from './factor-recovery-announced/mail.js'
import { texts as factorRecoveryCancelledDe } from './factor-recovery-cancelled/de.js'
import { texts as factorRecoveryCancelledEn } from './factor-recovery-cancelled/en.js'
import { mail as factorRecoveryCancelled } from './factor-recovery-cancelled/mail.js'
import { texts as factorRecoveryFinishedDe } from './factor-recovery-finished/de.js'
import { texts as factorRecoveryFinishedEn } from './factor-recovery-finished/en.js'
import { mail as factorRecoveryFinished } from './factor-recovery-finished/mail.js'
import { texts as factorRecoveryRequestedDe } from './factor-recovery-requested/de.js'
import { texts as factorRecoveryRequestedEn } from './factor-recovery-requested/en.js'
import { mail as factorRecoveryRequested } from './factor-recovery-requested/mail.js'
import { texts as factorRemovedDe } from './factor-removed/de.js'
import { texts as factorRemovedEn } from './factor-removed/en.js'
import { mail as factorRemoved } from './factor-removed/mail.js'
import { texts as factorsGuessedDe } from './factors-guessed/de.js'
import { texts as factorsGuessedEn } from './factors-guessed/en.js'
import { mail as factorsGuessed } from './factors-guessed/mail.js'
import { texts as followDe } from './follow/de.js'
import { texts as followEn } from './follow/en.js'
import { mail as follow } from './follow/mail.js'
import { texts as followDigestDe } from './follow-digest/de.js'
import { texts as followDigestEn } from './follow-digest/en.js'
import { mail as followDigest } from './follow-digest/mail.js'
import { texts as freezeEmailDe } from './freeze-email/de.js'
import { texts as freezeEmailEn } from './freeze-email/en.js'
import { mail as freezeEmail } from './freeze-email/mail.js'
import { texts as newDeviceDe } from './new-device/de.js'
import { texts as newDeviceEn } from './new-device/en.js'
import { mail as newDevice } from './new-device/mail.js'
import { texts as passwordChangedDe } from './password-changed/de.js'
import { texts as passwordChangedEn } from './password-changed/en.js'
import { mail as passwordChanged } from './password-changed/mail.js'
import { texts as photoRejectedDe } from './photo-rejected/de.js'
import { texts as photoRejectedEn } from './photo-rejected/en.js'
import { mail as photoRejected } from './photo-rejected/mail.js'
import { texts as policyChangedDe } from './policy-changed/de.js'
import { texts as policyChangedEn } from './policy-changed/en.js'
import { mail as policyChanged } from './policy-changed/mail.js'
import { texts as programTokenDe } from './program-token/de.js'
import { texts as programTokenEn } from './program-token/en.js'
import { mail as programToken } from './program-token/mail.js'
import { texts as recoveryCodeUsedDe } from './recovery-code-used/de.js'
import { texts as recoveryCodeUsedEn } from './recovery-code-used/en.js'
import { mail as recoveryCodeUsed } from './recovery-code-used/mail.js'
import { texts as recoveryCodesMadeDe } from './recovery-codes-made/de.js'
import { texts as recoveryCodesMadeEn } from './recovery-codes-made/en.js'
import { mail as recoveryCodesMade } from './recovery-codes-made/mail.js'
import { texts as resetPasswordDe } from './reset-password/de.js'
import { texts as resetPasswordEn } from './reset-password/en.js'
import { mail as resetPassword } from './reset-password/mail.js'
import { texts as rolesChangedDe } from './roles-changed/de.js'
import { texts as rolesChangedEn } from './roles-changed/en.js'
import { mail as rolesChanged } from './roles-changed/mail.js'
import { texts as verifyEmailDe } from './verify-email/de.js'
import { texts as verifyEmailEn } from './verify-email/en.js'
import { mail as verifyEmail } from './verify-email/mail.js'
import { texts as verifyOneOfSeveralDe } from './verify-one-of-several/de.js'
import { texts as verifyOneOfSeveralEn } from './verify-one-of-several/en.js'
import { mail as verifyOneOfSeveral } from './verify-one-of-several/mail.js'
export const mails: readonly Mail[] = [
  { ...accountClosing, texts: { de: accountClosingDe, en: accountClosingEn } },
  { ...accountErased, texts: { de: accountErasedDe, en: accountErasedEn } },
  { ...accountLocked, texts: { de: accountLockedDe, en: accountLockedEn } },
  { ...accountRestored, texts: { de: accountRestoredDe, en: accountRestoredEn } },
  { ...accountUnlocked, texts: { de: accountUnlockedDe, en: accountUnlockedEn } },
  { ...addressKnown, texts: { de: addressKnownDe, en: addressKnownEn } },
  { ...confirmEmail, texts: { de: confirmEmailDe, en: confirmEmailEn } },
  { ...emailChanged, texts: { de: emailChangedDe, en: emailChangedEn } },
  { ...exportReady, texts: { de: exportReadyDe, en: exportReadyEn } },
  { ...factorAdded, texts: { de: factorAddedDe, en: factorAddedEn } },
  { ...factorRecoveryAnnounced, texts: { de: factorRecoveryAnnouncedDe, en: factorRecoveryAnnouncedEn } },
  { ...factorRecoveryCancelled, texts: { de: factorRecoveryCancelledDe, en: factorRecoveryCancelledEn } },
  { ...factorRecoveryFinished, texts: { de: factorRecoveryFinishedDe, en: factorRecoveryFinishedEn } },
  { ...factorRecoveryRequested, texts: { de: factorRecoveryRequestedDe, en: factorRecoveryRequestedEn } },
  { ...factorRemoved, texts: { de: factorRemovedDe, en: factorRemovedEn } },
  { ...factorsGuessed, texts: { de: factorsGuessedDe, en: factorsGuessedEn } },
  { ...follow, texts: { de: followDe, en: followEn } },
  { ...followDigest, texts: { de: followDigestDe, en: followDigestEn } },
  { ...freezeEmail, texts: { de: freezeEmailDe, en: freezeEmailEn } },
  { ...newDevice, texts: { de: newDeviceDe, en: newDeviceEn } },
  { ...passwordChanged, texts: { de: passwordChangedDe, en: passwordChangedEn } },
  { ...photoRejected, texts: { de: photoRejectedDe, en: photoRejectedEn } },
  { ...policyChanged, texts: { de: policyChangedDe, en: policyChangedEn } },
  { ...programToken, texts: { de: programTokenDe, en: programTokenEn } },
  { ...recoveryCodeUsed, texts: { de: recoveryCodeUsedDe, en: recoveryCodeUsedEn } },
  { ...recoveryCodesMade, texts: { de: recoveryCodesMadeDe, en: recoveryCodesMadeEn } },
  { ...resetPassword, texts: { de: resetPasswordDe, en: resetPasswordEn } },
  { ...rolesChanged, texts: { de: rolesChangedDe, en: rolesChangedEn } },
  { ...verifyEmail, texts: { de: verifyEmailDe, en: verifyEmailEn } },
  { ...verifyOneOfSeveral, texts: { de: verifyOneOfSeveralDe, en: verifyOneOfSeveralEn } },
]
