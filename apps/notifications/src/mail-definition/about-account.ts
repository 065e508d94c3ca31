import type { WriteMail } from './define-mail.js'

/** Something happened to the recipient's own account or photos. */
export const aboutAccount: WriteMail = ({ handle, parameters, createdAt }) => {
  const at = parameters.at ? new Date(parameters.at) : createdAt
  return Promise.resolve({ values: { handle, at, detail: parameters.detail } })
}
