import type { MailContent, Person } from './mail-content.js'
import type { MailFooter } from './mail-footer.js'

const person = ({ name, url }: Person) => (url ? `- ${name}\n  ${url}` : `- ${name}`)

/** The text part; it says the same as the HTML. */
export function renderText(content: MailContent, footer: MailFooter): string {
  const last = [
    content.because,
    ...(footer.unsubscribeUrl ? [`${content.unsubscribe}: ${footer.unsubscribeUrl}`] : []),
    `${content.privacy}: ${footer.privacyUrl}`,
    `${content.terms}: ${footer.termsUrl}`,
    footer.imprint,
  ]
  return [
    content.heading,
    ...content.paragraphs,
    content.people.map(person).join('\n'),
    content.button ? `${content.button.label}:\n${content.button.url}` : '',
    content.note,
    `-- \n${last.join('\n')}\n`,
  ]
    .filter((part) => part !== '')
    .join('\n\n')
}
