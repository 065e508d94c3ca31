import type { Layouts } from './layouts.js'
import type { Texts } from './texts.js'

export interface Surroundings {
  locale: string
  /** Base URL of the site. */
  site: string
  /** Where these mails are turned off; absent for mails that are always sent. */
  unsubscribe?: string
}

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const escape = (text: string) => text.replace(/[&<>"']/g, (c) => ESCAPES[c]!)

const fill = (html: string, values: Record<string, string>) =>
  html.replace(/\{\{(\w+)\}\}/g, (_, name: string) => values[name] ?? '')

/** Subject, HTML and text of a mail; both parts say the same. */
export function composeMail(
  texts: Texts,
  around: Surroundings,
  layouts: Layouts,
): { subject: string; html: string; text: string } {
  const policyUrl = `${around.site}/policies/privacy`
  const plain = {
    subject: texts.subject,
    preview: texts.paragraphs[0] ?? '',
    heading: texts.heading,
    because: texts.because,
    policy: texts.policy,
    policyUrl,
    unsubscribe: texts.unsubscribe,
    unsubscribeUrl: around.unsubscribe ?? '',
    label: texts.button?.label ?? '',
    url: texts.button?.url ?? '',
    locale: around.locale,
  }
  const escaped = Object.fromEntries(Object.entries(plain).map(([name, value]) => [name, escape(value)]))
  const paragraphs = texts.paragraphs.map((p) => `<p style="margin:0 0 12px">${escape(p)}</p>`).join('')
  const layout = layouts.for({ button: Boolean(texts.button), unsubscribe: Boolean(around.unsubscribe) })
  return {
    subject: texts.subject,
    html: fill(layout, { ...escaped, paragraphs }),
    text: textPart(texts, policyUrl, around.unsubscribe),
  }
}

const textPart = (texts: Texts, policyUrl: string, unsubscribe: string | undefined) =>
  [
    texts.heading,
    ...texts.paragraphs,
    ...(texts.button ? [`${texts.button.label}:\n${texts.button.url}`] : []),
    '-- ',
    [
      texts.because,
      `${texts.policy}: ${policyUrl}`,
      ...(unsubscribe ? [`${texts.unsubscribe}: ${unsubscribe}`] : []),
    ].join('\n'),
  ].join('\n\n')
