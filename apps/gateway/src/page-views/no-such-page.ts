import { PeerError } from '@mpics/service-kit'
import { PageNotFoundError } from './page-view.errors.js'

/** The owner of the page says that it has none, or that the name in its path is none. */
export const isNone = (error: unknown): boolean =>
  error instanceof PageNotFoundError || (error instanceof PeerError && (error.status === 404 || error.status === 422))

export function undefinedIfNone(error: unknown): undefined {
  if (!isNone(error)) throw error
}
