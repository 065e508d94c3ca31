import { html } from './html.js'

const lead =
  // shown by: shows every page to a browser that refuses cookies, and gives it none
  'You can look at everything on this site with cookies switched off.'

const changes = [
  // shown by: gives a cookie with the first answer, and counts for a browser only what sends it
  'Your views of pages count in their totals, and not in the number of people.',
  // shown by: and says what is missing where a browser keeps no cookies
  'You cannot log in on the pages of this site.',
  // shown by: open with handle or address in any case, and give an access token that the published keys verify
  'Programs log in through the API, and need no cookies: they get their keys in the answer.',
]

export const cookieHelp = html` <article class="text">
  <h1>Refusing cookies</h1>
  <p class="lead">${lead}</p>
  <h2>What changes for you</h2>
  <ul>
    ${changes.map((change) => html`<li>${change}</li> `)}
  </ul>
  <h2>How to do it</h2>
  <p>
    Most browsers have the switch in their settings, under “Privacy”. There you can block cookies for all sites or for
    this one, and delete those that were already set. On a phone, look under the browser’s “Site settings”. A private
    window forgets all cookies when you close it.
  </p>
  <p><a href="/privacy/cookies">Every cookie of this site, what it is for, and how long it lives</a></p>
</article>`
