import { DEFAULT_LANGUAGE, type Language } from '@mpics/contracts'

/** Gives the address of a page in the language of the mail that leads to it. */
export const inLanguage = (language: Language, url: string): string =>
  url === '' || language === DEFAULT_LANGUAGE ? url : `${url}${url.includes('?') ? '&' : '?'}lang=${language}`
