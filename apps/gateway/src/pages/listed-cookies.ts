import type { ApiAnswer, gateway, Language } from '@mpics/contracts'
import { cookieName } from '@mpics/service-kit'
import { type SiteCookie, siteCookies } from '../cookies.js'
import { cookieTextsIn } from './cookie-texts.js'

type ListedCookie = ApiAnswer<typeof gateway.listCookies>['items'][number]

/** Every cookie of the site, under the name that browsers get. */
export function listedCookies(language: Language, secure: boolean): ListedCookie[] {
  const { cookies } = cookieTextsIn(language)
  return (Object.keys(siteCookies) as SiteCookie[]).map((key) => {
    const { name, path, setBy, maxAgeSeconds } = siteCookies[key]
    return { name: cookieName({ name, path, secure }), path, setBy, ...cookies[key], maxAgeSeconds }
  })
}
