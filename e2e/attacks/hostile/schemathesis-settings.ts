import type { Person } from '@mpics/tools/people/member'
import { forgedCursors } from './cursors.js'

/** These exist, so that made-up requests reach further than to a 404. */
export interface Existing {
  person: Person
  photoId: string
}

export const schemathesisSettings = (existing: Existing, asMember: boolean): string => `
[dictionaries]
cursors = { values = ${JSON.stringify(forgedCursors)} }
handles = { values = ${JSON.stringify([existing.person.handle])} }
photos = { values = ${JSON.stringify([existing.photoId])} }
pages = { values = ${JSON.stringify(['/', '/explore', `/photos/${existing.photoId}`, `/@${existing.person.handle}`])} }

[parameters]
"query.cursor" = { dictionary = "cursors", probability = 0.7 }
"path.handle" = { dictionary = "handles", probability = 0.5 }
"path.id" = { dictionary = "photos", probability = 0.5 }
"query.page" = { dictionary = "pages", probability = 0.5 }
"body.page" = { dictionary = "pages", probability = 0.5 }
${asMember ? logIn(existing.person) : ''}`

/** It logs in again by itself when the token expires, or was logged off by a call that was tried. */
const logIn = ({ email, password }: Person): string => `
[auth.dynamic.openapi.accessToken]
path = "/v1/sessions"
payload = { login = ${JSON.stringify(email)}, password = ${JSON.stringify(password)} }
extract_selector = "/accessToken"
`
