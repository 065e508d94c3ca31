import { extname } from 'node:path'

const ENDINGS: Readonly<Record<string, string>> = {
  'image/jpeg': '.jpg',
  'image/png': '.png',
  'image/webp': '.webp',
  'image/avif': '.avif',
}

/** A type as files end with it; '' where none of ours is. */
export const endingOf = (contentType: string): string => ENDINGS[contentType] ?? ''

/** The name of a file that turned out to be of another type than was thought when it was named. */
export function trueName(name: string, contentType: string | undefined): string {
  const [ending, before] = [endingOf(contentType ?? ''), extname(name)]
  const isKnown = Object.values(ENDINGS).includes(before)
  return ending && isKnown ? name.slice(0, -before.length) + ending : name
}
