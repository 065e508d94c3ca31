import { z } from 'zod'
import { shownAs } from './named.js'

/** Bytes as a browser writes them in JSON (RFC 4648 §5, without padding). */
export const base64url = (max: number) =>
  shownAs(
    z
      .string()
      .min(1)
      .max(max)
      .regex(/^[\w-]+$/),
    'k3v9Qm2ZtX8cLwY0aB1nRf5e',
  )
