import { isDeeperThan, MAX_JSON_DEPTH } from '@mpics/service-kit'
import { assets } from '../pages/assets.js'
import { type Html, html } from '../pages/html.js'
import type { FactorTexts } from './factor-texts.js'

/** The script opens the form where the browser knows passkeys, and fills in this field. */
export const PASSKEY_FIELD = 'passkey'

export const passkeyFields = ({ failed }: FactorTexts['passkey']): Html =>
  html`<input type="hidden" name="${PASSKEY_FIELD}" />
    <p class="wrong" role="alert" hidden>${failed}</p>`

export const passkeyScript = ({ noScript }: FactorTexts['passkey']): Html =>
  html`<script src="${assets.passkeyScript}" defer></script>
    <noscript><p class="quiet">${noScript}</p></noscript>`

/** What the script tells the browser by one of WebAuthn’s signals (Level 3, §5.1.10). */
export const signal = (name: 'signalUnknownCredential' | 'signalAllAcceptedCredentials', about: object): Html =>
  html`<span hidden data-signal="${name}" data-about="${JSON.stringify(about)}"></span>`

/** Undefined for what no browser made; identity judges the rest. */
export function credentialIn(text: string): Record<string, unknown> | undefined {
  if (isDeeperThan(MAX_JSON_DEPTH, Buffer.from(text))) return undefined
  try {
    const parsed: unknown = JSON.parse(text)
    return typeof parsed === 'object' && parsed !== null ? (parsed as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}
