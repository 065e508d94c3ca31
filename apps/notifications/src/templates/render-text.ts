import type { Letter, Person } from './letter.js'
import type { Surroundings } from './surroundings.js'

const person = ({ name, url }: Person) => (url ? `- ${name}\n  ${url}` : `- ${name}`)

/** The text part; it says the same as the HTML. */
export function renderText(letter: Letter, around: Surroundings): string {
  const footer = [
    letter.because,
    ...(around.unsubscribeUrl ? [`${letter.unsubscribe}: ${around.unsubscribeUrl}`] : []),
    `${letter.privacy}: ${around.privacyUrl}`,
    `${letter.terms}: ${around.termsUrl}`,
    around.imprint,
  ]
  return [
    letter.heading,
    ...letter.paragraphs,
    letter.people.map(person).join('\n'),
    letter.button ? `${letter.button.label}:\n${letter.button.url}` : '',
    letter.note,
    `-- \n${footer.join('\n')}\n`,
  ]
    .filter((part) => part !== '')
    .join('\n\n')
}
