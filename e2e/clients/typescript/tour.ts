import { readFile } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import createClient, { type Middleware } from 'openapi-fetch'
import type { components, paths } from './api.js'

/** Walks the tour with the types that openapi-typescript makes of /openapi.json. */

type Photo = components['schemas']['Photo']
interface Mail {
  subject: string
  text: string
}

const given = (name: string): string => process.env[name] ?? fail(`${name} is not set`)
const [baseUrl, mailApi, picture] = [given('GATEWAY'), given('MAIL_API'), given('PICTURE')]
const client = () => createClient<paths>({ baseUrl })
const anybody = client()

function fail(what: string, found?: unknown): never {
  throw new Error(`${what} ${JSON.stringify(found) ?? ''}`)
}
function check(holds: boolean, what: string, found?: unknown): void {
  if (!holds) fail(what, found)
}

async function eventually<T>(what: string, look: () => Promise<T | undefined | false>, ms = 90_000): Promise<T> {
  for (const until = Date.now() + ms; Date.now() < until; await delay(100)) {
    const found = await look()
    if (found) return found
  }
  return fail(`waited in vain for ${what}`)
}

async function mailsTo(address: string, matching: RegExp): Promise<Mail[]> {
  const answer = await fetch(`${mailApi}/api/email?to.address=${encodeURIComponent(address)}`)
  return ((await answer.json()) as Mail[]).filter(({ subject, text }) => matching.test(subject + text))
}
const oneMailTo = (address: string, matching: RegExp) =>
  eventually(`a mail to ${address}`, async () => (await mailsTo(address, matching))[0])
const linkIn = ({ text }: Mail, path: string) =>
  new URL((text.match(/https?:\/\/[^\s<>"')]+/g) ?? []).find((url) => url.includes(path)) ?? fail('no link', text))

async function registrationOf(name: string) {
  const unique = crypto.randomUUID().slice(0, 8)
  const policies = (await anybody.GET('/v1/policies')).data ?? fail('no policies')
  const inForce = (document: components['schemas']['PolicyDocument']) =>
    policies.items.find((policy) => policy.document === document)?.version ?? fail(`no ${document}`)
  return {
    email: `${name}.${unique}@example.org`,
    handle: `${name}_${unique}`,
    password: `correct horse ${unique} battery`,
    fullName: 'TypeScript Canary',
    birthDate: '1990-05-17',
    locale: 'en',
    accepted: { terms: inForce('terms'), privacy: inForce('privacy') },
  } satisfies components['schemas']['RegisterAccountRequest']
}

async function join(name: string) {
  const body = await registrationOf(name)
  const registered = await anybody.POST('/v1/accounts', { body })
  check(registered.response.status === 201, 'registered', registered.error)
  const token = linkIn(await oneMailTo(body.email, /verify-email/), '/verify-email').searchParams.get('token')!
  const verified = await anybody.POST('/v1/accounts/verify-email', { body: { token } })
  check(verified.response.status === 204, 'verified', verified.error)
  const { handle: login, password } = body
  const session = (
    await anybody.POST('/v1/sessions', { body: { login, password, sharedComputer: false, tokenTransport: 'body' } })
  ).data
  const { accessToken, refreshToken } = session ?? fail('not logged in')
  const api = client()
  const authorize: Middleware = {
    onRequest: ({ request }) => request.headers.set('authorization', `Bearer ${accessToken}`),
  }
  api.use(authorize)
  return { ...body, registration: body, api, refreshToken }
}

const photographer = await join('typescript')
const me = (await photographer.api.GET('/v1/me')).data
check(me?.handle === photographer.handle && me.emailVerified, 'my account', me)

const taken = await anybody.POST('/v1/accounts', { body: photographer.registration })
if (taken.response.status !== 409 || taken.error?.code !== 'identity.handle-taken') fail('taken handle', taken.error)
// @ts-expect-error: no such call answers with this code
check(taken.error.code !== 'media.photo-not-found', 'the codes of a call are known')
const refreshed = await anybody.POST('/v1/sessions/refresh')
check(refreshed.error?.code === 'identity.refresh-invalid', 'a refresh without a token', refreshed.error)

const file = new File([await readFile(picture)], 'rocket.jpg', { type: 'image/jpeg' })
const upload = await photographer.api.POST('/v1/photos', {
  params: { header: { 'Idempotency-Key': crypto.randomUUID() } },
  body: {
    title: 'Lift-off',
    tags: ['rocket', 'night sky'],
    licence: 'cc-by-4.0',
    visibility: 'public',
    file: file as unknown as string,
  },
  bodySerializer: ({ tags = [], ...fields }) => {
    const form = new FormData()
    for (const tag of tags) form.append('tags', tag)
    for (const [name, value] of Object.entries(fields)) form.append(name, value as unknown as Blob)
    return form
  },
})
const id = upload.data?.id ?? fail('not uploaded', upload.error)
check(upload.response.headers.get('location') === `/v1/photos/${id}`, 'the address of the photo')
const read = () => photographer.api.GET('/v1/photos/{id}', { params: { path: { id } } })
const photo = await eventually<Photo>('the photo to be published', async () => {
  const { data } = await read()
  return data?.status === 'published' && data
})
check(photo.title === 'Lift-off' && photo.tags.length === 2, 'the photo', photo)
const bytes = await anybody.GET('/v1/photos/{id}/{rendition}', {
  params: { path: { id, rendition: 'large' } },
  parseAs: 'arrayBuffer',
})
check(Buffer.from(bytes.data ?? fail('no bytes', bytes.error)).toString('hex', 0, 3) === 'ffd8ff', 'a JPEG')

const etag = (await read()).response.headers.get('etag')!
const change = { params: { path: { id }, header: { 'If-Match': etag } }, body: { title: 'Lift-off at dusk' } }
check((await photographer.api.PATCH('/v1/photos/{id}', change)).data?.title === 'Lift-off at dusk', 'the new title')
const late = await photographer.api.PATCH('/v1/photos/{id}', change)
check(late.response.status === 412 && late.error?.code === 'precondition-failed', 'a late change', late.error)

for (let n = 0; n < 3; n++) await anybody.POST('/v1/page-views', { body: { page: `/photos/${id}` } })
await eventually('three views', async () => ((await read()).data?.views?.total ?? 0) >= 3)
const views = await anybody.GET('/v1/views', { params: { query: { page: [`/photos/${id}`, '/explore'] } } })
check(views.data?.items.length === 2, 'the views of two pages', views.error)

const [follower, second] = [await join('viewer'), await join('visitor')]
const followed = { params: { path: { handle: photographer.handle } } }
check((await follower.api.PUT('/v1/profiles/{handle}/follow', followed)).response.status === 204, 'followed')
const mail = await oneMailTo(photographer.email, /follow/i)
const token = linkIn(mail, '/unsubscribe/').pathname.split('/').at(-1)!
const off = await anybody.POST('/v1/unsubscribe/{token}', { params: { path: { token } } })
check(off.data?.choice === 'off', 'these mails are off', off.error)
await second.api.PUT('/v1/profiles/{handle}/follow', followed)
await eventually('the suppressed mail', async () => {
  const { data } = await photographer.api.GET('/v1/me/mails')
  return data?.items.some(({ category, status }) => category === 'follows' && status === 'suppressed')
})
check((await mailsTo(photographer.email, /follow/i)).length === 1, 'one mail about followers')

const page = await anybody.GET('/v1/profiles/{handle}/followers', {
  params: { ...followed.params, query: { limit: 1 } },
})
check(/rel="next"/.test(page.response.headers.get('link') ?? ''), 'a link to the next page')
const cursor = page.data?.nextCursor ?? fail('no cursor', page.error)
const rest = await anybody.GET('/v1/profiles/{handle}/followers', { params: { ...followed.params, query: { cursor } } })
check(rest.data?.items.length === 1 && rest.data.nextCursor === null, 'the last page', rest.error)
const refused = await anybody.GET('/v1/explore/photos', { params: { query: { limit: 81 } } })
check(refused.error?.code === 'input-invalid' && refused.error.errors?.[0]?.path === 'limit', 'a limit', refused.error)
check((await photographer.api.DELETE('/v1/sessions/current')).response.status === 204, 'logged off')
console.log(JSON.stringify({ photographer: photographer.handle, photo: id }))
