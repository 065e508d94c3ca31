import type { Language } from '@mpics/contracts'
import type { PolicyDocument } from '../policies/policies-in-force.js'
import { languageQuery } from './page-language.js'

type Versions = Readonly<Record<string, string>>

const withQuery = (path: string, versions: Versions, language: Language): string => {
  const named = Object.entries(versions).map(([name, version]) => `${name}=${encodeURIComponent(version)}`)
  return `${path}?${named.join('&')}${languageQuery(language).replace('?', '&')}`
}

export const versionPath = (document: PolicyDocument, version: string, language: Language): string =>
  withQuery(`/policies/${document}`, { version }, language)

export const changesPath = (document: PolicyDocument, versions: { from: string; to: string }, language: Language) =>
  withQuery(`/policies/${document}/changes`, versions, language)
