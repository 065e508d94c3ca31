import { analytics, gateway } from '@mpics/contracts'
import { aiCompanies } from '../page-views/ai-crawlers.js'
import { html } from './html.js'

const { repeatMinutes, sessionMinutes, viewsAMinute, barePages, values, smallestPart, logDays } =
  analytics.countingRules

const counts = [
  // shown by: B18.1 B18.2 B18.3 B18.4 counts no crawler and nothing fetched ahead; repeats and unknown browsers in the total only
  'The total of a page counts every time that a person opened it, also without cookies, and also when its owner did.',
  // shown by: B15 B16 are how often, from where and from which country, with no number under five
  'What its owner learns of single days, and of where its views came from, is made of the views by others alone.',
  // shown by: B30.1 3 browsers × 5 views are 15 views by 3 people
  'The number of people counts the browsers that sent the cookie for counting. It is an estimate: two times in three it is off by less than 1.6 %.',
  // shown by: B18.4 keeps repeats within 30 minutes in the total, and shows how many they are
  `A repeat is a view of a page by a browser that had looked at it less than ${repeatMinutes} minutes before. It is in the total, and those who run the site see how many there are.`,
  // shown by: end after half an hour without a view, and count in the hour in which they began
  `A session ends when a browser has shown no page for ${sessionMinutes} minutes, with the day (UTC), and at the latest an hour after the hour in which it began.`,
  // shown by: closes an hour once it may, opens it for a view that comes late, and adds the day up
  'An hour is closed two hours and five minutes after its beginning. A view that comes later still counts in its own hour, which is then counted again.',
]

const limits = [
  // shown by: keeps the 999 most viewed of 100,000 referrers, and counts the rest together
  `Of each kind of thing, such as sites that visitors come from, the ${values - 1} most frequent ones of an hour and of a day are told apart, the others are counted together.`,
  `What everybody may read of countries, sites and hours has no part that is smaller than ${smallestPart}.`,
  `Single views are kept for ${logDays} days, hours for 13 months, days for good.`,
  'No list of networks of data centres is used: none that is dated and freely licensed says which they are.',
]

const rowOf = ([word, meaning]: [string, string]) =>
  html`<tr>
    <th scope="row"><code>${word}</code></th>
    <td>${meaning}</td>
  </tr> `

const apart = [
  ...Object.entries(gateway.botReasons.known),
  ...Object.entries(gateway.loadKinds.known).filter(([kind]) => kind !== 'navigation'),
]

/** Made of the rules that the code applies. */
export const countingHelp = html` <article class="text">
  <h1>How views are counted</h1>
  <p class="lead">A view is a person who opens a page. Everything else is kept apart, and shown with its reason.</p>
  <h2>What counts</h2>
  <ul>
    ${counts.map((text) => html`<li>${text}</li> `)}
  </ul>
  <h2>What is kept apart</h2>
  <table>
    <thead>
      <tr>
        <th scope="col">Called</th>
        <th scope="col">Because it is</th>
      </tr>
    </thead>
    <tbody>
      ${apart.map(rowOf)}
    </tbody>
  </table>
  <p>
    “rate” means more than ${viewsAMinute} views of one browser in a minute. A browser that loads a page and then
    neither its script nor its picture is not counted; “no-sub-resources” means that it did so with ${barePages} pages
    in a row, or that a program did which calls itself a browser.
  </p>
  <p>Crawlers for language models are told by company: ${aiCompanies.join(', ')}.</p>
  <h2>What is not told</h2>
  <ul>
    ${limits.map((text) => html`<li>${text}</li> `)}
  </ul>
  <p><a href="/privacy/cookies">The cookie for counting, and how to refuse it</a></p>
</article>`
