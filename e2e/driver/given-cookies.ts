import type { ApiClient } from '@mpics/api-client'
import { gateway, identity } from '@mpics/contracts'
import { newPerson, type Person, registrationOf } from '@mpics/tools/people/member'

export interface GivenCookie {
  name: string
  path: string
  /** Zero: it ends with the browser, or at once. */
  maxAgeSeconds: number
}

function given(cookie: string): GivenCookie {
  const [, name, attributes] = /^([^=]+)=[^;]*;?(.*)$/.exec(cookie)!
  const [, path = ''] = /Path=([^;]*)/.exec(attributes!) ?? []
  const [, seconds = '0'] = /Max-Age=(\d+)/.exec(attributes!) ?? []
  return { name: name!, path, maxAgeSeconds: Number(seconds) }
}

/** What the calls of the API give to browsers: log-ins, a refused age, a view of a page, and a refusal to be counted. */
export async function cookiesOfCalls(api: ApiClient, { handle, password }: Person): Promise<GivenCookie[]> {
  const child = { ...(await registrationOf(api, newPerson('child', 'Child'))), birthDate: '2020-01-01' }
  const logIn = { login: handle, password, tokenTransport: 'cookie' }
  const calls = [
    [identity.registerAccount, child],
    [identity.logIn, { ...logIn, sharedComputer: false }],
    [identity.logIn, { ...logIn, sharedComputer: true }],
    [gateway.recordPageView, { page: '/explore' }],
    [gateway.chooseCookies, { counting: false }],
  ] as const
  const cookies: string[] = []
  for (const [{ method, path }, body] of calls)
    cookies.push(...(await api.send({ method, path, body: JSON.stringify(body) })).headers.getSetCookie())
  return cookies.map(given)
}

/** What a log-in and log-off on the pages give. */
export async function cookiesOfPages(
  site: string,
  { handle: login, password }: Person,
  isShared: boolean,
): Promise<GivenCookie[]> {
  const page = new URL('/log-in', site)
  const shown = await fetch(page, { headers: { accept: 'text/html' } })
  const kept = shown.headers.getSetCookie()
  const [, form = ''] = /name="form" value="(\w+)"/.exec(await shown.text()) ?? []
  const body = new URLSearchParams({ form, login, password, ...(isShared && { sharedComputer: 'on' }) })
  const headers = { cookie: kept.map((each) => each.split(';', 1)[0]).join('; '), origin: page.origin }
  const opened = await fetch(page, { method: 'POST', body, headers, redirect: 'manual' })
  return [...kept, ...opened.headers.getSetCookie()].map(given)
}
