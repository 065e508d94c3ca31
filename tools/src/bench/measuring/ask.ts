import { Agent } from 'undici'

export interface Question {
  path: string
  method?: string
  headers?: Record<string, string>
  body?: object
}

export interface Answer {
  status: number
  headers: Record<string, string | string[] | undefined>
  text: string
}

export type Ask = (question: Question) => Promise<Answer>

const BROWSER = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0' }
const FORM = 'application/x-www-form-urlencoded'

/** Asks a server, and tells whatever it answers. */
export function asking(origin: string, connections = 16): Ask {
  const agent = new Agent({ connections })
  return async ({ path, headers, body, method = body ? 'POST' : 'GET' }) => {
    const isForm = body instanceof URLSearchParams
    const type = isForm ? FORM : 'application/json'
    const answer = await agent.request({
      origin,
      method,
      path,
      headers: { ...BROWSER, ...(body && { 'content-type': type }), ...headers },
      body: body ? (isForm ? body.toString() : JSON.stringify(body)) : null,
    })
    return { status: answer.statusCode, headers: answer.headers, text: await answer.body.text() }
  }
}

/** The answer as JSON; another status ends the measurement. */
export async function asked<T = unknown>(ask: Ask, status: number, question: Question): Promise<T> {
  const answer = await ask(question)
  if (answer.status !== status)
    throw new Error(`${question.path} was answered ${answer.status}: ${answer.text.slice(0, 500)}`)
  return (answer.text && JSON.parse(answer.text)) as T
}
