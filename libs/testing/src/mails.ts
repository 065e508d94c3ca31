import { servers } from './servers.js'
import { eventually } from './eventually.js'

export interface Mail {
  id: string
  subject: string
  text?: string
  html?: string
  headers: Record<string, string>
  from: { address: string; name: string }[]
  to: { address: string; name: string }[]
  messageId?: string
  date: string
}

/** The sink's mails for an address, oldest first. */
export async function mails(to: string): Promise<Mail[]> {
  const response = await fetch(`${servers().mailApi}/api/email?to.address=${encodeURIComponent(to)}`)
  if (!response.ok) throw new Error(`the mail sink answered ${response.status}`)
  const found = (await response.json()) as Mail[]
  return found
    .filter((mail) => mail.to.some(({ address }) => address.toLowerCase() === to.toLowerCase()))
    .sort((a, b) => Date.parse(a.date) - Date.parse(b.date))
}

export const untilMails = (to: string, count = 1): Promise<Mail[]> =>
  eventually(async () => {
    const found = await mails(to)
    return found.length >= count && found
  })
